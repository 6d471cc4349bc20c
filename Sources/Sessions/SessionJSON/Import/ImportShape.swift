/// What a document that is to be imported looks like from outside.
package enum ImportShape {
    /// A session document, with `format` and `messages`.
    case session
    /// An array of messages.
    case array
    /// An object with an array of messages as `messages`.
    case object
    /// Messages one after another.
    case lines

    /// Looks at a document and checks that it is JSON from end to end.
    init(_ bytes: [UInt8]) throws(JSONFlaw) {
        self = try JSONScanner.scan(bytes) { scanner throws(JSONFlaw) in
            var names: Set<String> = []
            if scanner.peek() == UInt8(ascii: "[") {
                try scanner.skipValue()
                try scanner.expectEnd()
                return .array
            }
            try scanner.object { scanner, name, _ throws(JSONFlaw) in
                names.insert(name)
                try scanner.skipValue()
            }
            var count = 1
            while scanner.peek() != 0 || scanner.position < scanner.end {
                try scanner.skipValue()
                count += 1
            }
            if count == 1, names.contains("messages") { return names.contains("format") ? .session : .object }
            return .lines
        }
    }
}
