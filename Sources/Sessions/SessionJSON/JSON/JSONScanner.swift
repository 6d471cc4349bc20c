/// Reads I-JSON strictly: the grammar of RFC 8259, well-formed UTF-8 without a byte order mark, no lone surrogates and
/// no duplicate names (RFC 7493), nesting at most 512.
///
/// Noncharacters such as U+FFFF are taken, although RFC 7493 section 2.1 excludes them: a prompt is kept exactly as it
/// was typed. The scanner makes no tree: it moves over the bytes, and its callers take out what they need. Its memory
/// is bounded by the nesting and the names of the open objects, its time by the length, whatever the bytes.
///
/// The pointer is valid only inside `scan(_:_:)`, the one way to get a scanner. Every read goes through `byte(at:)`,
/// which gives 0 beyond the end (no JSON text has a NUL that could be meant), or is preceded by a comparison with `end`.
package struct JSONScanner {
    /// The deepest nesting that is read, which is Foundation's limit too.
    static let deepest = 512

    /// The next byte to be read.
    private(set) var position: Int
    /// Where reading ends.
    let end: Int

    private let bytes: UnsafeBufferPointer<UInt8>
    private var depth = 0
    private var names = JSONNames()

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Scans a text.
    ///
    /// - Parameters:
    ///   - bytes: the bytes that contain the text.
    ///   - range: where in them it is; nil for all.
    ///   - body: gets the scanner at the first byte.
    /// - Returns: what the body returns.
    static func scan<Result>(
        _ bytes: [UInt8], in range: Range<Int>? = nil, _ body: (inout JSONScanner) throws(JSONFlaw) -> Result
    ) throws(JSONFlaw) -> Result {
        let range = range ?? 0..<bytes.count
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        return try bytes.withUnsafeBufferPointer { pointer throws(JSONFlaw) in
            var scanner = JSONScanner(pointer, range)
            return try body(&scanner)
        }
    }

    // MARK: Single tokens

    /// The byte at a place; 0 beyond the end.
    @inline(__always)
    func byte(at place: Int) -> UInt8 { place < end ? bytes[place] : 0 }

    /// Passes over white space.
    @inline(__always)
    mutating func skipSpace() {
        while true {
            switch byte(at: position) {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Passes over white space and gives the first byte of what follows, without taking it.
    @inline(__always)
    mutating func peek() -> UInt8 {
        skipSpace()
        return byte(at: position)
    }

    /// Takes a byte that has to be next.
    mutating func expect(_ wanted: Unicode.Scalar, _ problem: String) throws(JSONFlaw) {
        guard peek() == UInt8(ascii: wanted), position < end else { throw flaw(problem) }
        position += 1
    }

    /// Takes a byte if it is next.
    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: wanted), position < end else { return false }
        position += 1
        return true
    }

    /// Checks that bytes are one JSON document from end to end.
    ///
    /// - Parameter bytes: the document.
    /// - Throws: the first flaw.
    package static func check(_ bytes: [UInt8]) throws(JSONFlaw) {
        try scan(bytes) { scanner throws(JSONFlaw) in
            try scanner.skipValue()
            try scanner.expectEnd()
        }
    }

    /// Checks that nothing but white space is left.
    mutating func expectEnd() throws(JSONFlaw) {
        skipSpace()
        guard position == end else { throw flaw("nothing more was expected after the document") }
    }

    /// A flaw at the present place.
    func flaw(_ problem: String) -> JSONFlaw {
        JSONFlaw(at: position, position < end ? problem : "\(problem), but the text ends here")
    }

    // MARK: Values

    /// Goes through the members of the object that is next.
    ///
    /// - Parameter body: gets each name, unescaped, and where it stands with its quotes; it has to take the value. A
    ///   flaw that it throws is given the name as a step of its path.
    mutating func object(
        _ body: (inout JSONScanner, String, Range<Int>) throws(JSONFlaw) -> Void
    ) throws(JSONFlaw) {
        try open("{", "an object was expected")
        names.open()
        if !take("}") {
            repeat {
                let token = try memberName()
                let name = string(of: token)
                do { try body(&self, name, token) } catch { throw error.inside(name) }
            } while try hasNext("}", "',' or '}' was expected")
        }
        try names.close(bytes)
        depth -= 1
    }

    /// Goes through the elements of the array that is next.
    ///
    /// - Parameter body: has to take each element; a flaw that it throws is given the index as a step of its path.
    mutating func array(_ body: (inout JSONScanner) throws(JSONFlaw) -> Void) throws(JSONFlaw) {
        try open("[", "an array was expected")
        var index = 0
        if !take("]") {
            repeat {
                do { try body(&self) } catch { throw error.inside("[\(index)]") }
                index += 1
            } while try hasNext("]", "',' or ']' was expected")
        }
        depth -= 1
    }

    /// Passes over any value, checking it.
    ///
    /// It keeps a stack of its own: nesting must cost neither the thread's stack nor the process its life.
    ///
    /// - Returns: where the value stands.
    @discardableResult
    mutating func skipValue() throws(JSONFlaw) -> Range<Int> {
        skipSpace()
        let start = position
        var closers: [Unicode.Scalar] = []
        repeat {
            if try !enter(&closers) { try goOn(&closers) }
        } while !closers.isEmpty
        return start..<position
    }

    /// Takes a scalar, an empty container, or the beginning of a container up to its first value.
    ///
    /// - Returns: whether a value is next.
    private mutating func enter(_ closers: inout [Unicode.Scalar]) throws(JSONFlaw) -> Bool {
        switch peek() {
        case UInt8(ascii: "{"):
            try open("{", "an object was expected")
            names.open()
            closers.append("}")
            if peek() != UInt8(ascii: "}") {
                _ = try memberName()
                return true
            }
        case UInt8(ascii: "["):
            try open("[", "an array was expected")
            closers.append("]")
            if peek() != UInt8(ascii: "]") { return true }
        default:
            try skipScalar()
            return false
        }
        try close(&closers)
        return false
    }

    /// After a value: takes the ends of all that is finished, then the comma, and in an object the next name.
    private mutating func goOn(_ closers: inout [Unicode.Scalar]) throws(JSONFlaw) {
        while let closer = closers.last {
            if take(",") {
                if closer == "}" { _ = try memberName() }
                return
            }
            try close(&closers)
        }
    }

    private mutating func close(_ closers: inout [Unicode.Scalar]) throws(JSONFlaw) {
        let closer = closers.removeLast()
        try expect(closer, "',' or '\(closer)' was expected")
        if closer == "}" { try names.close(bytes) }
        depth -= 1
    }

    private mutating func skipScalar() throws(JSONFlaw) {
        switch byte(at: position) {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
        case 0xEF where byte(at: position + 1) == 0xBB && byte(at: position + 2) == 0xBF:
            throw flaw("a byte order mark is not allowed")
        default: throw flaw("a value was expected")
        }
    }

    private mutating func open(_ bracket: Unicode.Scalar, _ problem: String) throws(JSONFlaw) {
        try expect(bracket, problem)
        depth += 1
        guard depth <= Self.deepest else {
            throw JSONFlaw(at: position - 1, "values are nested deeper than \(Self.deepest)")
        }
    }

    private mutating func memberName() throws(JSONFlaw) -> Range<Int> {
        skipSpace()
        guard byte(at: position) == UInt8(ascii: "\"") else { throw flaw("a member's name was expected") }
        let token = try skipString()
        try names.add(token, in: bytes)
        try expect(":", "':' was expected")
        return token
    }

    private mutating func hasNext(_ closer: Unicode.Scalar, _ problem: String) throws(JSONFlaw) -> Bool {
        if take(",") { return true }
        try expect(closer, problem)
        return false
    }

    private mutating func literal(_ text: StaticString) throws(JSONFlaw) {
        for offset in 0..<text.utf8CodeUnitCount {
            guard byte(at: position + offset) == text.utf8Start[offset] else { throw flaw("a value was expected") }
        }
        position += text.utf8CodeUnitCount
    }

    /// Takes null if it is next.
    mutating func takeNull() throws(JSONFlaw) -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// Takes a number.
    ///
    /// - Returns: where it stands.
    @discardableResult
    mutating func skipNumber() throws(JSONFlaw) -> Range<Int> {
        skipSpace()
        let start = position
        position = try JSONNumber.end(ofNumberAt: start, in: bytes, end: end)
        return start..<position
    }

    // MARK: Strings

    /// Takes a string.
    ///
    /// - Returns: where it stands, with its quotes.
    @discardableResult
    mutating func skipString() throws(JSONFlaw) -> Range<Int> {
        skipSpace()
        let start = position
        guard byte(at: start) == UInt8(ascii: "\"") else { throw flaw("a string was expected") }
        position = try JSONString.end(ofStringAt: start, in: bytes, end: end)
        return start..<position
    }

    /// Takes a string if it is exactly this one, spelled without escapes.
    mutating func takeString(_ text: String) -> Bool {
        skipSpace()
        let count = text.utf8.count
        guard position + count + 2 <= end, bytes[position] == UInt8(ascii: "\""),
            bytes[position + count + 1] == UInt8(ascii: "\""),
            bytes[(position + 1)...(position + count)].elementsEqual(text.utf8)
        else { return false }
        position += count + 2
        return true
    }

    /// The words of a string that was taken.
    func string(of token: Range<Int>) -> String { JSONString.decode(bytes, token) }

    /// The bytes of a token that was taken, as text.
    func text(of token: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[token]), as: UTF8.self)
    }
}
