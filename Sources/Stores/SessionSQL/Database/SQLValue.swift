/// A value that goes into a statement or comes out of one.
package enum SQLValue: Hashable, Sendable {
    /// No value.
    case null
    /// A whole number.
    case integer(Int64)
    /// Text in UTF-8.
    case text([UInt8])

    /// A text.
    package static func text(_ text: String) -> SQLValue { .text(Array(text.utf8)) }
    /// A text, or no value.
    package static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    /// A text, or no value.
    package static func optional(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .text($0) } ?? .null }
    /// A number.
    package static func number(_ number: Int) -> SQLValue { .integer(Int64(number)) }
    /// A number, or no value.
    package static func optional(_ number: Int64?) -> SQLValue { number.map { .integer($0) } ?? .null }
}

/// A row of a result.
package struct SQLRow: Sendable {
    private let values: [SQLValue]

    /// Takes the values of the columns.
    package init(_ values: [SQLValue]) { self.values = values }

    /// The value of a column; null if there is no such column.
    package subscript(column: Int) -> SQLValue { values.indices.contains(column) ? values[column] : .null }

    /// A column's bytes; nil for null.
    package func bytes(_ column: Int) -> [UInt8]? {
        switch self[column] {
        case .null: nil
        case .integer(let number): Array(String(number).utf8)
        case .text(let bytes): bytes
        }
    }

    /// A column's text; nil for null.
    package func text(_ column: Int) -> String? { bytes(column).map { String(decoding: $0, as: UTF8.self) } }

    /// A column's number; nil for null and for what is no number.
    package func integer(_ column: Int) -> Int64? {
        switch self[column] {
        case .null: nil
        case .integer(let number): number
        case .text(let bytes): Int64(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// A column's number, 0 if it has none.
    package func number(_ column: Int) -> Int { integer(column).flatMap { Int(exactly: $0) } ?? 0 }
}

/// A statement with its values.
package struct SQLStatement: Sendable {
    /// Its text; `$1` is the tenant, where the database has tenants, and `$2` the first of `values`.
    package let sql: String
    /// What stands for `$2` and so on.
    package let values: [SQLValue]

    /// Makes a statement.
    package init(_ sql: String, _ values: [SQLValue]) {
        self.sql = sql
        self.values = values
    }

    /// The same question without a lock on what it finds, for those who only read.
    package var unlocked: SQLStatement {
        SQLStatement(sql.hasSuffix(" FOR UPDATE") ? String(sql.dropLast(11)) : sql, values)
    }
}
