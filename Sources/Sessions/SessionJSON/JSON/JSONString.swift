/// Strings of I-JSON: checking, reading and writing them.
package enum JSONString {
    /// A string of more bytes than this in UTF-8 is refused (RFC 8259 section 9 allows limits): it is what the longest
    /// answer may have, and reading a string holds it in memory beside the file.
    static let longest = 64 << 20

    /// Finds the end of a string, checking every byte of it.
    ///
    /// - Parameters:
    ///   - start: where its opening quote is.
    ///   - bytes: the text.
    ///   - end: where the text ends, at most `bytes.count`.
    /// - Returns: the place after the closing quote.
    static func end(
        ofStringAt start: Int, in bytes: UnsafeBufferPointer<UInt8>, end: Int
    ) throws(JSONFlaw) -> Int {
        var place = start + 1
        while true {
            place = skipPlain(bytes, from: place, end: end)
            guard place < end else { throw JSONFlaw(at: end, "the string has no end: '\"' was expected") }
            switch bytes[place] {
            case UInt8(ascii: "\""):
                guard isOfLength(bytes, (start + 1)..<place) else {
                    throw JSONFlaw(at: start, "the string has more than \(longest) bytes")
                }
                return place + 1
            case UInt8(ascii: "\\"): place = try skipEscape(bytes, at: place, end: end)
            case 0..<0x20: throw JSONFlaw(at: place, "a control character in a string has to be escaped")
            default: place = try skipMultiByte(bytes, at: place, end: end)
            }
        }
    }

    /// Passes over bytes that stand for themselves, eight at a time.
    @inline(__always)
    private static func skipPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, end: Int) -> Int {
        var place = start
        let raw = UnsafeRawBufferPointer(bytes)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        // The last eight bytes that are read end at or before `end`.
        while place + 8 <= end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            // A high bit shows a byte that is zero ("Bit Twiddling Hacks", haszero), below 0x20 or above 0x7F; a
            // borrow can only add false hits behind a true one.
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let hits =
                ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word) | word
            let found = hits & highs
            if found != 0 { return place + found.trailingZeroBitCount / 8 }
            place += 8
        }
        while place < end, bytes[place] >= 0x20, bytes[place] < 0x80, bytes[place] != UInt8(ascii: "\""),
            bytes[place] != UInt8(ascii: "\\")
        {
            place += 1
        }
        return place
    }

    /// Passes over a character of two to four bytes, RFC 3629 section 4: no overlong form, no surrogate, no more than
    /// U+10FFFF.
    private static func skipMultiByte(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int
    ) throws(JSONFlaw) -> Int {
        let length: Int
        let second: ClosedRange<UInt8>
        switch bytes[start] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONFlaw(at: start, "the text is not UTF-8")
        }
        guard start + length <= end, second.contains(bytes[start + 1]) else {
            throw JSONFlaw(at: start, "the text is not UTF-8")
        }
        for place in (start + 2)..<(start + max(length, 2)) where bytes[place] & 0xC0 != 0x80 {
            throw JSONFlaw(at: start, "the text is not UTF-8")
        }
        return start + length
    }

    private static func skipEscape(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int
    ) throws(JSONFlaw) -> Int {
        guard start + 1 < end else { throw JSONFlaw(at: end, "the string has no end: '\"' was expected") }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"): break
        default: throw JSONFlaw(at: start, "there is no such escape")
        }
        guard let unit = unit(bytes, at: start, end: end) else {
            throw JSONFlaw(at: start, "four hexadecimal digits were expected after '\\u'")
        }
        if !(0xD800...0xDFFF).contains(unit) { return start + 6 }
        guard unit < 0xDC00, let low = self.unit(bytes, at: start + 6, end: end), (0xDC00...0xDFFF).contains(low) else {
            throw JSONFlaw(at: start, "a surrogate stands alone")
        }
        return start + 12
    }

    /// The code unit of `\uXXXX` at a place; nil if there is no such escape.
    private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) -> UInt16? {
        guard start + 6 <= end, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var value: UInt16 = 0
        for place in (start + 2)..<(start + 6) {
            let digit: UInt8
            switch bytes[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[place] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[place] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[place] - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// Whether a string that was checked is within the limit, its escapes taken for what they stand for.
    private static func isOfLength(_ bytes: UnsafeBufferPointer<UInt8>, _ body: Range<Int>) -> Bool {
        guard body.count > longest else { return true }
        var count = 0
        var place = body.lowerBound
        while place < body.upperBound, count <= longest {
            if bytes[place] == UInt8(ascii: "\\") {
                place = unescape(bytes, at: place, end: body.upperBound) { _ in count += 1 }
            } else {
                count += 1
                place += 1
            }
        }
        return count <= longest
    }

    /// Reads a string that was checked.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - token: where the string stands, with its quotes.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ token: Range<Int>) -> String {
        let body = (token.lowerBound + 1)..<(token.upperBound - 1)
        let text = UnsafeBufferPointer(rebasing: bytes[body])
        guard text.contains(UInt8(ascii: "\\")) else { return String(decoding: text, as: UTF8.self) }
        // No escape is shorter than what it stands for.
        return String(unsafeUninitializedCapacity: body.count) { target in
            var count = 0
            var place = body.lowerBound
            while place < body.upperBound {
                if bytes[place] == UInt8(ascii: "\\") {
                    place = unescape(bytes, at: place, end: body.upperBound) { byte in
                        target[count] = byte
                        count += 1
                    }
                } else {
                    target[count] = bytes[place]
                    count += 1
                    place += 1
                }
            }
            return count
        }
    }

    /// Hands over the bytes that an escape stands for.
    ///
    /// - Returns: the place after it.
    private static func unescape(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int, _ put: (UInt8) -> Void
    ) -> Int {
        switch bytes[start + 1] {
        case UInt8(ascii: "b"): put(0x08)
        case UInt8(ascii: "f"): put(0x0C)
        case UInt8(ascii: "n"): put(0x0A)
        case UInt8(ascii: "r"): put(0x0D)
        case UInt8(ascii: "t"): put(0x09)
        case UInt8(ascii: "u"):
            let high = unit(bytes, at: start, end: end) ?? 0
            var scalar = UInt32(high)
            var next = start + 6
            if (0xD800...0xDBFF).contains(high), let low = unit(bytes, at: next, end: end) {
                scalar = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) & 0x3FF)
                next += 6
            }
            String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8.forEach(put)
            return next
        default: put(bytes[start + 1])
        }
        return start + 2
    }

    /// Writes a string with its quotes, escaping only what has to be (RFC 8259 section 7).
    ///
    /// - Parameters:
    ///   - text: the words.
    ///   - target: gets the bytes.
    static func encode(_ text: String, into target: inout [UInt8]) {
        encode(text) { target.append(contentsOf: $0) }
    }

    /// Writes a string piece by piece.
    ///
    /// - Parameters:
    ///   - text: the words.
    ///   - put: gets the bytes in order.
    static func encode(_ text: String, _ put: (ArraySlice<UInt8>) throws -> Void) rethrows {
        try put([UInt8(ascii: "\"")])
        var text = text
        try text.withUTF8 { bytes in
            let length = 64 * 1024
            for start in stride(from: 0, to: bytes.count, by: length) {
                var piece: [UInt8] = []
                escape(UnsafeBufferPointer(rebasing: bytes[start..<min(start + length, bytes.count)]), into: &piece)
                try put(piece[...])
            }
        }
        try put([UInt8(ascii: "\"")])
    }

    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, into target: inout [UInt8]) {
        target.reserveCapacity(bytes.count)
        var start = 0
        for place in bytes.indices {
            let byte = bytes[place]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            target.append(contentsOf: bytes[start..<place])
            escape(byte, into: &target)
            start = place + 1
        }
        target.append(contentsOf: bytes[start...])
    }

    private static func escape(_ byte: UInt8, into target: inout [UInt8]) {
        target.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): target.append(byte)
        case 0x08: target.append(UInt8(ascii: "b"))
        case 0x0C: target.append(UInt8(ascii: "f"))
        case 0x0A: target.append(UInt8(ascii: "n"))
        case 0x0D: target.append(UInt8(ascii: "r"))
        case 0x09: target.append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            target.append(contentsOf: "u00".utf8)
            target.append(digits[Int(byte >> 4)])
            target.append(digits[Int(byte & 15)])
        }
    }
}
