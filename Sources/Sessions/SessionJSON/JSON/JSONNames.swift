/// The names of the objects that are open, so that one which comes twice is found.
///
/// A small object's names are compared one with another, a large one's are sorted when it ends: the time is n log n
/// whatever the names, and nobody can choose names that collide.
package struct JSONNames {
    /// More members than this in one object are refused (RFC 8259 section 9 allows limits), which bounds the memory.
    static let most = 65_536
    /// More members than this in all objects that are open at one place are refused too: nesting multiplies.
    static let mostOpen = 4 * most

    private struct Name {
        /// The token with its quotes.
        var start: Int
        var end: Int
        /// The length and the first bytes: what differs here need not be compared further.
        var key: UInt64
    }

    private static let few = 16
    private var names: [Name] = []
    private var starts: [Int] = []

    /// Begins an object.
    mutating func open() { starts.append(names.count) }

    /// Adds a name to the innermost object.
    mutating func add(_ token: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) throws(JSONFlaw) {
        let first = starts.last ?? 0
        let name = Name(start: token.lowerBound, end: token.upperBound, key: Self.key(token, bytes))
        let count = names.count - first
        guard count < Self.most else {
            throw JSONFlaw(at: token.lowerBound, "an object has more than \(Self.most) members")
        }
        guard names.count < Self.mostOpen else {
            throw JSONFlaw(at: token.lowerBound, "nested objects have more than \(Self.mostOpen) members together")
        }
        if count < Self.few {
            for other in names[first...] where other.key == name.key && !Self.differ(other, name, bytes) {
                throw Self.duplicate(name, bytes)
            }
        }
        names.append(name)
    }

    /// Ends the innermost object.
    mutating func close(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONFlaw) {
        let first = starts.removeLast()
        defer { names.removeSubrange(first...) }
        guard names.count - first > Self.few else { return }
        names[first...].sort { left, right in
            left.key != right.key ? left.key < right.key : Self.precedes(left, right, bytes)
        }
        for place in names.indices[(first + 1)...] {
            let (left, right) = (names[place - 1], names[place])
            guard left.key != right.key || Self.differ(left, right, bytes) else {
                throw Self.duplicate(left.start > right.start ? left : right, bytes)
            }
        }
    }

    private static func key(_ token: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let body = bytes[(token.lowerBound + 1)..<(token.upperBound - 1)]
        // An escaped name can equal one that is spelled otherwise, so all with an escape share a key with all of the
        // same unescaped spelling: it is made from the unescaped bytes.
        if body.contains(UInt8(ascii: "\\")) { return key(of: JSONString.decode(bytes, token).utf8) }
        return key(of: body)
    }

    private static func key(of text: some Collection<UInt8>) -> UInt64 {
        text.prefix(7).reduce(UInt64(truncatingIfNeeded: text.count)) { $0 << 8 | UInt64($1) }
    }

    private static func differ(_ left: Name, _ right: Name, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        precedes(left, right, bytes) || precedes(right, left, bytes)
    }

    private static func precedes(_ left: Name, _ right: Name, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let (one, other) = (bytes[left.start..<left.end], bytes[right.start..<right.end])
        if one.contains(UInt8(ascii: "\\")) || other.contains(UInt8(ascii: "\\")) {
            let decoded = JSONString.decode(bytes, left.start..<left.end)
            return decoded.utf8.lexicographicallyPrecedes(JSONString.decode(bytes, right.start..<right.end).utf8)
        }
        return one.dropFirst().dropLast().lexicographicallyPrecedes(other.dropFirst().dropLast())
    }

    private static func duplicate(_ name: Name, _ bytes: UnsafeBufferPointer<UInt8>) -> JSONFlaw {
        JSONFlaw(
            at: name.start, "the name '\(JSONString.decode(bytes, name.start..<name.end).prefix(80))' comes twice")
    }
}
