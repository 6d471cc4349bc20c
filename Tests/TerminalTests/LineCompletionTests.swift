import Testing

@testable import Terminal
@testable import TerminalText

struct LineCompletionTests {
    @Test(arguments: [
        ("/he", ["/help", "/history"], "lp "), ("/h", ["/help", "/history"], ""), ("/hi", ["/history"], "story "),
        ("", ["aab", "aac"], "aa"), ("op", ["openai:", "other"], "enai:"), ("d", ["docs/"], "ocs/"), ("x", ["y"], ""),
        ("e", ["e\u{301}a", "e\u{301}b"], "\u{301}"), ("a", ["a"], " "),
    ])
    func `What all candidates have in common is inserted, and a space after the only one`(
        word: String, words: [String], insertion: String
    ) {
        let completed = LineCompletion(word, among: words).insertion
        #expect(Array(completed.utf8) == Array(insertion.utf8))
    }

    @Test func `The list has columns that fit the window and no controls`() {
        let completion = LineCompletion("", among: ["one", "two", "three", "\u{1B}[2J"])
        #expect(completion.overview(columns: 20) == "one    three\ntwo    ␛[2J\n")
        #expect(completion.overview(columns: 4).split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) < 4 })
    }

    @Test func `A long list is cut and says so`() {
        let completion = LineCompletion("", among: (0..<150).map { "\($0)" })
        #expect(completion.overview(columns: 80).hasSuffix("… 50 more\n"))
    }
}
