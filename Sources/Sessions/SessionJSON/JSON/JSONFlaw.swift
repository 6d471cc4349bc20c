/// Where a text stops being I-JSON, or a value is not what the document's shape asks for, and what was expected there.
package struct JSONFlaw: Error, Hashable {
    /// The byte at which it shows, counted from 0.
    var offset: Int
    /// What was expected, or what is wrong, as half a sentence.
    package var problem: String
    /// The steps from the document to the value, the innermost last: `messages`, `[3]`, `content`.
    package var path: [String] = []

    /// Makes a flaw.
    init(at offset: Int, _ problem: String) {
        self.offset = offset
        self.problem = problem
    }

    /// The same flaw seen from the value that contains it.
    func inside(_ step: String) -> JSONFlaw {
        var flaw = self
        flaw.path.insert(step, at: 0)
        return flaw
    }

    /// The path as one text, `messages[3].content`; empty for the document itself.
    package var pathText: String {
        path.reduce(into: "") { text, step in
            if !text.isEmpty, !step.hasPrefix("[") { text += "." }
            text += step
        }
    }

    /// Line and column of the flaw, both counted from 1, the column in bytes.
    package func place(in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var start = 0
        for place in 0..<min(offset, bytes.count) where bytes[place] == UInt8(ascii: "\n") {
            line += 1
            start = place + 1
        }
        return (line, offset - start + 1)
    }
}
