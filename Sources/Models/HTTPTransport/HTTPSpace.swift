extension StringProtocol {
    /// The text without the spaces, tabs and line ends around it.
    ///
    /// Works on bytes, because `"\r\n"` is one `Character`.
    func trimmingHTTPSpace() -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        var bytes = Array(utf8)[...]
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
