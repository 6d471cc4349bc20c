/// Brings JSON text onto one line.
package enum JSONCompaction {
    /// Copies checked JSON text, without its insignificant white space if it spans lines and byte for byte if not.
    ///
    /// - Parameters:
    ///   - text: a whole value or name.
    ///   - target: gets the bytes; every token of the text is copied exactly.
    package static func append(_ text: ArraySlice<UInt8>, to target: inout [UInt8]) {
        guard text.contains(UInt8(ascii: "\n")) else { return target.append(contentsOf: text) }
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else {
                    isEscaped = byte == UInt8(ascii: "\\")
                    isInString = byte != UInt8(ascii: "\"")
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte <= 0x20 {
                continue
            }
            target.append(byte)
        }
    }
}
