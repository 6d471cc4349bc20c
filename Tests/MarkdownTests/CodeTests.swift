import Markdown
import Testing

@Suite("Code in colour")
struct CodeTests {
    private func code(_ text: String, _ language: String) -> String {
        var lines = render("```\(language)\n\(text)\n```", columns: 80).split(
            separator: "\n", omittingEmptySubsequences: false)
        lines.removeFirst()
        lines.removeLast()
        return lines.joined(separator: "\n")
    }

    private func keyword(_ word: String) -> String { styled(word, "35") }
    private func string(_ text: String) -> String { styled(text, "32") }
    private func comment(_ text: String) -> String { styled(text, "2") }
    private func number(_ text: String) -> String { styled(text, "36") }

    @Test("Keywords, strings, numbers and comments have their colours")
    func tokens() {
        #expect(
            code("let a1 = \"x\\\"y\" + 42 // z", "swift")
                == keyword("let") + " a1 = " + string("\"x\\\"y\"") + " + " + number("42") + " " + comment("// z"))
        #expect(code("def f(): return 'a' # b", "py").hasPrefix(keyword("def") + " f(): " + keyword("return")))
        #expect(
            code("SELECT 'it''s' -- x", "SQL") == keyword("SELECT") + " " + string("'it''s'") + " " + comment("-- x"))
        #expect(code("don't: \"a\" # c", "yaml") == "don't: " + string("\"a\"") + " " + comment("# c"))
        #expect(code("echo $# a#b", "bash") == keyword("echo") + " $# a#b")
    }

    @Test("A comment and a string that go over lines keep their colours, closed at each line's end")
    func carried() {
        #expect(code("a /* b\nc **/ d", "c") == "a " + comment("/* b") + "\n" + comment("c **/") + " d")
        #expect(
            code("\"\"\"a\nb\"\"\" + \"\"", "python") == string("\"\"\"a") + "\n" + string("b\"\"\"") + " + "
                + string("\"\""))
        #expect(code("<!-- a --->b", "html") == comment("<!-- a --->") + "b")
    }

    @Test("A difference is coloured by line")
    func difference() {
        #expect(
            code("@@ 1\n-a\n+b\n c", "diff") == number("@@ 1") + "\n" + styled("-a", "31") + "\n" + string("+b")
                + "\n c")
    }

    @Test("Code of an unknown language is plain")
    func unknown() { #expect(code("let a = \"b\"", "brainf") == "let a = \"b\"") }

    @Test(
        "Every language shows every character",
        arguments: [
            "swift", "python", "js", "json", "bash", "c++", "rust", "go", "java", "html", "css", "sql", "yaml", "diff",
            "ruby",
        ])
    func complete(language: String) {
        let text = "if \"a\\\" 'b' \"\"\" ''' /* c */ // d -- e # f <!-- g --> `h` 0x1F 1.5 $# \\ \"\" '' /"
        #expect(withoutStyles(code(text, language)) == text)
    }

    @Test(
        "Fences are those of CommonMark: as long or longer to close, tildes too, indented ones, one left open",
        arguments: [
            ("```\na\n```", ["a"]), ("````\n```\n````", ["```"]), ("~~~ py\na\n~~~", ["a"]), ("```\na", ["a"]),
            ("  ```\n  a\n   b\n  ```", ["a\n b"]), ("    ```\na", []), ("``` x``` y", []), ("``\na\n``", []),
            ("```\na\n``` b\n```", ["a\n``` b"]), ("```\na\n```\n```\nb\n```", ["a", "b"]), ("```\r\na\r\n```", ["a"]),
        ])
    func fences(text: String, blocks: [String]) { #expect(FencedCode.blocks(in: text) == blocks) }
}
