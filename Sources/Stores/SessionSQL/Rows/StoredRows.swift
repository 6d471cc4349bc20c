#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionJSON
package import SessionKit

/// A pending prompt, as far as it is known without its words.
package struct PromptHeader: Sendable {
    /// The turn it will become.
    package let turn: TurnID
    /// Who has it, and the how manieth time it was taken; nil if nobody does.
    package let holder: String?
    /// How often the turn has been taken.
    package let epoch: Int
    /// Whether the holder's claim counts, as far as the row says.
    package let isLeased: Bool
    let replacing: TurnID?
    let createdAt: Date?
    let hasPartial: Bool
    let digest: ContentDigest?
    let order: Int64
    /// Whether the history has its turn.
    let isInHistory: Bool
    /// Its text, if it was asked for.
    let line: [UInt8]?

    /// The columns, in the order in which they are read here.
    static func columns(_ dialect: SQLDialect, line: String) -> String {
        "p.turn, p.holder, p.epoch, CASE WHEN \(dialect.isLeased) THEN 1 ELSE 0 END, p.replacing, p.created_ms, p.partial, "
            + "p.digest, p.ord, (SELECT t.pos FROM \(dialect.schema)turn t WHERE \(dialect.own("t"))t.sid = p.sid "
            + "AND t.turn = p.turn), \(line)"
    }

    init(_ row: SQLRow) throws {
        turn = try row.turn(0)
        holder = row.text(1)
        epoch = row.number(2)
        isLeased = row.number(3) == 1
        replacing = try row.optionalTurn(4)
        createdAt = row.integer(5).map(Timestamp.date(milliseconds:))
        hasPartial = row.number(6) == 1
        digest = row.text(7).flatMap { ContentDigest(stored: $0) }
        order = row.integer(8) ?? 0
        isInHistory = (row.integer(9) ?? 0) > 0
        line = row.bytes(10)
    }

    /// What the rules read of it.
    var header: PendingHeader {
        // Settings are asked for only of what is to be committed with a part of its answer; then the line is there.
        let settings = line.flatMap { try? PendingLine($0).prompt.settings }
        return PendingHeader(
            turn: turn, replacing: replacing, createdAt: createdAt, settings: settings, hasPartial: hasPartial)
    }
}

/// A turn of the history, without its words.
struct TurnRow {
    let turn: TurnID
    var position: Int64
    var after: TurnID?
    /// How many messages it has.
    let messages: Int
    /// The turn that recorded settings last, up to this one.
    var settingsFrom: TurnID?
    /// The first turn with a role that can't be continued, up to this one.
    var strangeFrom: TurnID?
    /// What this turn records of the settings.
    let settings: [UInt8]?
    /// The first role in this turn that can't be continued.
    let strange: String?
    /// The settings of `settingsFrom`.
    var recorded: [UInt8]?
    /// The role of `strangeFrom`.
    var unknownRole: String?

    /// The columns, in the order in which they are read here.
    static func columns(_ dialect: SQLDialect) -> String {
        func from(_ column: String, _ link: String) -> String {
            "(SELECT r.\(column) FROM \(dialect.schema)turn r WHERE \(dialect.own("r"))r.sid = t.sid AND r.turn = t.\(link))"
        }
        return "t.turn, t.pos, t.after, t.messages, t.settings_from, t.strange_from, t.settings, t.strange, "
            + from("settings", "settings_from") + ", " + from("strange", "strange_from")
    }

    init(_ row: SQLRow) throws {
        turn = try row.turn(0)
        position = row.integer(1) ?? 0
        after = try row.optionalTurn(2)
        messages = row.number(3)
        settingsFrom = try row.optionalTurn(4)
        strangeFrom = try row.optionalTurn(5)
        settings = row.bytes(6)
        strange = row.text(7)
        recorded = row.bytes(8)
        unknownRole = row.text(9)
    }

    /// A turn that is to be added.
    init(_ turn: TurnID, at position: Int64, messages: [Message]) {
        self.turn = turn
        self.position = position
        self.messages = messages.count
        settings = messages.last { $0.settings != nil }?.settings.map(SettingsText.encode)
        strange = messages.first { !$0.role.isContinuable }?.role.rawValue
    }

    /// Makes this the turn that follows another, or the first.
    mutating func follow(_ last: TurnRow?) {
        after = last?.turn
        settingsFrom = settings == nil ? last?.settingsFrom : turn
        recorded = settings ?? last?.recorded
        strangeFrom = last?.strangeFrom ?? (strange == nil ? nil : turn)
        unknownRole = last?.unknownRole ?? strange
    }
}

/// A turn that was taken back, without its words.
struct UndoneRow {
    let order: Int64
    let entry: UndoneTurn
    let row: TurnRow
}

extension SQLRow {
    /// A column's turn.
    func turn(_ column: Int) throws -> TurnID {
        guard let turn = try optionalTurn(column) else { throw RowFlaw(problem: "a turn's identity is missing") }
        return turn
    }

    /// A column's turn; nil for null.
    func optionalTurn(_ column: Int) throws -> TurnID? {
        guard let text = text(column) else { return nil }
        guard let turn = TurnID(text) else { throw RowFlaw(problem: "'\(text)' is no turn's identity") }
        return turn
    }
}

/// A row that this program could not have written.
struct RowFlaw: Error, CustomStringConvertible {
    let problem: String
    var description: String { problem }
}

extension ContentDigest {
    /// The digest as a column keeps it.
    var stored: String {
        String(length) + ":" + hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Reads a digest that a column kept.
    init?(stored: String) {
        let parts = stored.split(separator: ":")
        guard parts.count == 2, let length = Int(parts[0]), parts[1].utf8.count == 64 else { return nil }
        var hash: [UInt8] = []
        var rest = parts[1]
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            hash.append(byte)
            rest = rest.dropFirst(2)
        }
        guard hash.count == 32 else { return nil }
        self.init(length: length, hash: hash)
    }
}
