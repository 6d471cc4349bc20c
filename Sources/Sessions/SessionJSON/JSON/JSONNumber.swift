/// Numbers of JSON, RFC 8259 section 6.
package enum JSONNumber {
    /// Finds the end of a number.
    ///
    /// - Parameters:
    ///   - start: where it begins.
    ///   - bytes: the text.
    ///   - end: where the text ends, at most `bytes.count`.
    /// - Returns: the place after its last digit.
    static func end(
        ofNumberAt start: Int, in bytes: UnsafeBufferPointer<UInt8>, end: Int
    ) throws(JSONFlaw) -> Int {
        func byte(_ place: Int) -> UInt8 { place < end ? bytes[place] : 0 }
        func digits(from start: Int) throws(JSONFlaw) -> Int {
            var place = start
            while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(place)) { place += 1 }
            guard place > start else { throw JSONFlaw(at: place, "a digit was expected") }
            return place
        }
        var place = start
        if byte(place) == UInt8(ascii: "-") { place += 1 }
        place = byte(place) == UInt8(ascii: "0") ? place + 1 : try digits(from: place)
        if byte(place) == UInt8(ascii: ".") { place = try digits(from: place + 1) }
        guard byte(place) | 0x20 == UInt8(ascii: "e") else { return place }
        place += 1
        if byte(place) == UInt8(ascii: "+") || byte(place) == UInt8(ascii: "-") { place += 1 }
        return try digits(from: place)
    }
}
