/// Refuses what would be sent as something other than what the caller meant.
enum RequestCheck {
    /// Checks the parts of a request that are put into its head as text.
    ///
    /// The message never shows a value: a key with a line end in it, read from a file written on Windows, is
    /// still a key.
    /// - Throws: ``HTTPError`` with `invalidRequest`.
    static func check(_ request: HTTPRequest) throws(HTTPError) {
        for field in request.headers {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw HTTPError(.invalidRequest, "a header field has a name that HTTP does not allow")
            }
            guard field.value.utf8.allSatisfy(isValueByte) else {
                throw HTTPError(
                    .invalidRequest,
                    "the value of the header field \(field.name) contains a line end or another control character; "
                        + "if it is a key, set it again without one")
            }
        }
        // libcurl takes C strings: what follows a NUL would be ignored.
        guard !request.url.utf8.contains(0), !(request.unixSocketPath?.utf8.contains(0) ?? false) else {
            throw HTTPError(.invalidRequest, "the URL or the socket's path contains a NUL")
        }
    }

    /// A byte of a `token`, RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// A byte of a `field-value`, RFC 9110 section 5.5.
    private static func isValueByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }
}
