/// Writes one object on one line.
///
/// The order of the members is the caller's.
package struct JSONObjectWriter {
    private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

    /// Whether it has no member yet.
    var isEmpty: Bool { bytes.count == 1 }

    /// Writes a name, whose value the caller writes.
    package mutating func begin(_ name: String) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        JSONString.encode(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a string, or null.
    mutating func put(_ name: String, _ value: String?) {
        begin(name)
        guard let value else { return bytes.append(contentsOf: "null".utf8) }
        JSONString.encode(value, into: &bytes)
    }

    /// Writes a string if there is one.
    mutating func putIfPresent(_ name: String, _ value: String?) {
        if let value { put(name, value) }
    }

    /// Writes an integer.
    mutating func put(_ name: String, _ value: Int) { put(name, json: Array(String(value).utf8)) }

    /// Writes a value that is JSON already.
    mutating func put(_ name: String, json: [UInt8]) {
        begin(name)
        bytes.append(contentsOf: json)
    }

    /// Copies a member that is not interpreted.
    mutating func put(_ member: JSONMember, of source: [UInt8]) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: source[member.name])
        bytes.append(UInt8(ascii: ":"))
        JSONCompaction.append(source[member.value], to: &bytes)
    }

    /// Ends the object.
    ///
    /// - Returns: its text.
    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
