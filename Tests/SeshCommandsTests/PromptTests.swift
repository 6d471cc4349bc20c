import Testing

@testable import SeshCommands

@Suite("Putting a prompt together")
struct PromptTests {
    @Test("/help shows each command once, in groups")
    func overview() {
        let lines = REPLCommand.overview.split(separator: "\n")
        for command in REPLCommand.allCases {
            #expect(lines.filter { $0.hasPrefix("  \(command.usage) ") }.count == 1, "\(command)")
        }
        for group in REPLCommand.Group.allCases { #expect(lines.contains { $0 == group.rawValue }) }
    }

    @Test("Words and input are joined by a blank line; empty input adds nothing; one final line break is the file's")
    func joining() {
        #expect(OneShot.prompt(words: "Review this", piped: "a\nb\n") == "Review this\n\na\nb")
        #expect(OneShot.prompt(words: "Hi", piped: "") == "Hi")
        #expect(OneShot.prompt(words: "Hi", piped: "\n") == "Hi")
        #expect(OneShot.prompt(words: nil, piped: "a\r\n") == "a")
        #expect(OneShot.prompt(words: nil, piped: "a\n\n") == "a\n")
    }

    @Test("A slash begins a command, two a prompt, and an unknown command is never a prompt")
    func slashes() {
        #expect(REPLInput("hello /exit") == .prompt("hello /exit"))
        #expect(REPLInput("/exit") == .command(.exit, argument: ""))
        #expect(REPLInput("/quit") == .command(.exit, argument: ""))
        #expect(REPLInput("/model  openai:gpt-5-mini ") == .command(.model, argument: "openai:gpt-5-mini"))
        #expect(REPLInput("//etc/passwd is a file") == .prompt("/etc/passwd is a file"))
        #expect(REPLInput("/exot") == .unknown("exot"))
        #expect(REPLInput("/") == .unknown(""))
        #expect(REPLInput("  \t ") == .blank)
    }

    @Test("White space before a slash changes nothing: who sends a command to a model by a slip has told it to others")
    func spaceBeforeSlashes() {
        #expect(REPLInput("  /help") == .command(.help, argument: ""))
        #expect(REPLInput("\t/exot") == .unknown("exot"))
        #expect(REPLInput(" //etc is one") == .prompt(" /etc is one"))
        #expect(REPLInput("  words /help") == .prompt("  words /help"))
        #expect(REPLInput(" /help", isVerbatim: true) == .prompt(" /help"))
    }

    @Test(
        "What is called back means the same when it is sent again",
        arguments: ["//etc", " //etc", "/help", "  words", "words", " ///"])
    func recalled(line: String) {
        for isVerbatim in [false, true] {
            let input = REPLInput(line, isVerbatim: isVerbatim)
            #expect(REPLInput(input.recalled(insteadOf: line)) == input)
        }
    }

    @Test("The answer to an unknown command names the nearest one and how to send it")
    func unknown() {
        #expect(REPLCommand.unknown("modle").contains("Did you mean /model?"))
        #expect(REPLCommand.unknown("xyzzy").contains("/help"))
        #expect(REPLCommand.unknown("xyzzy").contains("//xyzzy"))
        #expect(REPLCommand.unknown("").contains("/help") && !REPLCommand.unknown("").contains("/?"))
    }

    @Test("Help names every command on a line of its own")
    func help() {
        let lines = REPLCommand.overview.split(separator: "\n")
        for command in REPLCommand.allCases {
            #expect(lines.count { $0.hasPrefix("  " + command.usage) } == 1)
        }
    }
}
