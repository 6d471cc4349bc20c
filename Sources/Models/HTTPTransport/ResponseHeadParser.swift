/// Builds the head of an answer from lines, which libcurl delivers one by one.
///
/// An interim answer (100, 103: RFC 9110 section 15.2) has a head of its own and is skipped. Lines after the final head
/// are trailers, which are ignored.
struct ResponseHeadParser {
    enum Progress {
        case more
        case complete(ResponseHead)
        case malformed
    }

    /// The limit for all heads of one answer, in bytes; libcurl 7.88 limits only each line, to 100 KiB.
    static let limit = 256 * 1024

    private var head: ResponseHead?
    private var isComplete = false
    private var byteCount = 0

    /// Takes one line, with its line end.
    mutating func add(_ line: UnsafeRawBufferPointer) -> Progress {
        if isComplete { return .more }
        byteCount += line.count
        guard byteCount <= Self.limit else { return .malformed }
        let text = String(decoding: line, as: UTF8.self).trimmingHTTPSpace()
        if text.isEmpty { return endHead() }
        if text.hasPrefix("HTTP/") {
            guard let status = Self.status(of: text) else { return .malformed }
            head = ResponseHead(status: status, fields: [])
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimmingHTTPSpace()
            head?.fields.append(HTTPField(String(text[..<colon]), value))
        }
        return .more
    }

    private mutating func endHead() -> Progress {
        guard let head else { return .malformed }
        if (100..<200).contains(head.status) {
            self.head = nil
            return .more
        }
        isComplete = true
        return .complete(head)
    }

    /// The code in `HTTP/1.1 200 OK` or `HTTP/2 200`.
    private static func status(of line: String) -> Int? {
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[1].utf8.count == 3 else { return nil }
        return Int(parts[1])
    }
}

/// Status and header fields of an answer.
struct ResponseHead: Sendable {
    var status: Int
    var fields: [HTTPField]
}

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
