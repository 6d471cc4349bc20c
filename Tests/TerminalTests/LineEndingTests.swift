import Testing

@testable import Terminal

struct LineEndingTests {
    @Test(arguments: ["", "plain", "two\nlines", "C:\\\\", "say \"\"\"", "\"\""])
    func `Other text is complete`(text: String) {
        #expect(LineEnding(text) == .complete(text, isBlock: false))
    }

    @Test(arguments: ["\\", "a\\", "a\nb\\", "a\\\\\\"])
    func `A backslash at the end gives way to a line break`(text: String) {
        #expect(LineEnding(text) == .lineBreakForBackslash)
        #expect(LineEnding(text, isEndTyped: false) == .complete(text, isBlock: false))
    }

    @Test(arguments: ["\"\"\"", "\"\"\"\"", "\"\"\"a", "\"\"\"a\\", "\"\"\"\n\n", "\"\"\"a\"\"\"b"])
    func `An open block goes on`(text: String) {
        #expect(LineEnding(text) == .lineBreak)
    }

    @Test(arguments: [
        ("\"\"\"a\"\"\"", "a"), ("\"\"\"\na\n\"\"\"", "a"), ("\"\"\"\n\na\n\n\"\"\"", "\na\n"), ("\"\"\"\"\"\"", ""),
        ("\"\"\"\n\"\"\"", ""), ("\"\"\"\u{301}x\"\"\"", "\u{301}x"),
    ])
    func `A closed block is what stands between its marks`(text: String, contents: String) {
        #expect(LineEnding(text) == .complete(contents, isBlock: true))
    }

    @Test func `Marks that were pasted are text`() {
        #expect(LineEnding("\"\"\"a\"\"\"", isStartTyped: false) == .complete("\"\"\"a\"\"\"", isBlock: false))
        #expect(LineEnding("\"\"\"a\"\"\"", isEndTyped: false) == .lineBreak)
    }

    @Test func `The end is typed again once something follows what was pasted`() {
        var draft = LineDraft(elements: [97, 92], origin: .pasted, insertedEnd: [97, 92])
        #expect(!draft.isEndTyped)
        draft.elements += [98, 92]
        #expect(draft.isEndTyped)
    }
}
