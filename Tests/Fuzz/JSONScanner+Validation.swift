@testable import SessionFiles
@testable import SessionJSON

extension JSONScanner {
    /// Checks a whole text.
    static func validate(_ bytes: [UInt8]) throws(JSONFlaw) {
        try scan(bytes) { scanner throws(JSONFlaw) in
            try scanner.skipValue()
            try scanner.expectEnd()
        }
    }
}
