import SessionJSON
import Foundation
import SessionKit
import Testing

@testable import SeshCommands

@Suite("The commands of the REPL")
struct REPLCommandTests {
    @Test("A command that takes nothing refuses an argument, one that needs one refuses to go without")
    func arguments() throws {
        try REPLCommand.undo.check("")
        try REPLCommand.fork.check("")
        try REPLCommand.fork.check("copy")
        try REPLCommand.rename.check("new")
        #expect { try REPLCommand.delete.check("now") } throws: { Failure($0).message.contains("/delete") }
        #expect { try REPLCommand.rename.check("") } throws: { Failure($0).message.contains("/rename ID") }
    }

    @Test(
        "Settings are read with their ranges; - takes one away",
        arguments: [
            ("temperature 0.5", REPLSetting.session(.temperature(0.5))), ("temperature -", .session(.temperature(nil))),
            ("maxTokens  100", .session(.maxTokens(100))), ("max-tokens -", .session(.maxTokens(nil))),
            ("raw on", .raw(true)), ("raw  off", .raw(false)), ("raw -", .raw(nil)),
        ])
    func settings(text: String, setting: REPLSetting) throws { #expect(try REPLSetting(text) == setting) }

    @Test(
        "Settings that are none are refused",
        arguments: [
            "temperature", "temperature hot", "temperature -1", "maxTokens 0", "maxTokens 1.5", "raw", "raw yes",
            "colour red",
        ])
    func badSettings(text: String) {
        #expect { try REPLSetting(text) } throws: { Failure($0).status == .usage }
    }

    private func messages(_ answers: [String]) -> [Message] {
        let turn = TurnID.generate()
        return answers.flatMap { answer in
            [
                Message(turn: turn, role: .user, content: "```\nnot mine\n```"),
                Message(turn: turn, role: .assistant, content: Content(answer)),
            ]
        }
    }

    @Test("Copying takes the last answer, the Nth last, or the last code block of any answer")
    func copying() throws {
        let messages = messages(["one\n```swift\nlet x = 1\n\nlet y = 2\n```\nend", "two"])
        #expect(try AnswerPart("")?.text(of: messages) == "two")
        #expect(try AnswerPart("2")?.text(of: messages).hasPrefix("one") == true)
        #expect(try AnswerPart("code")?.text(of: messages) == "let x = 1\n\nlet y = 2")
        #expect(throws: SessionError.self) { try AnswerPart("3")?.text(of: messages) }
        #expect(throws: SessionError.self) { try AnswerPart("code")?.text(of: self.messages(["none"])) }
        for argument in ["0", "-1", "x", "1.5"] { #expect(AnswerPart(argument) == nil) }
    }

    @Test("A file's extension says how it is written")
    func formats() throws {
        for (path, format) in [
            ("a.md", TranscriptFormat.markdown), ("a", .markdown), ("b/a.JSON", .json), ("a.b.txt", .text),
            (".hidden", .markdown), ("x.d/a", .markdown),
        ] { #expect(try TranscriptFormat(pathOf: path) == format, "\(path)") }
        #expect { try TranscriptFormat(pathOf: "a.pdf") } throws: { Failure($0).status == .usage }
    }

    @Test("Usage sums what was counted, says what was not, and needs no counts")
    func usage() {
        let turn = TurnID.generate()
        func answer(_ usage: TokenUsage?) -> Message {
            Message(turn: turn, role: .assistant, content: "x", usage: usage)
        }
        let counted = answer(TokenUsage(inputTokens: 10, outputTokens: 5))
        #expect(
            UsageReport([counted, counted]).text(lastAnswer: (turn, .milliseconds(2500)))
                == "session      2 answers · 20 tokens in · 10 out\nlast answer  10 tokens in · 5 out · 2.5 s · 2.0 tokens/s"
        )
        #expect(UsageReport([answer(nil), counted]).text(lastAnswer: nil).contains("(1 without a count)"))
        #expect(
            UsageReport([answer(nil)]).text(lastAnswer: nil)
                == "session      1 answer, tokens not known\nlast answer  tokens not known")
        #expect(UsageReport([]).text(lastAnswer: nil) == "No answer yet.")
        let huge = answer(TokenUsage(inputTokens: (1 << 53) - 1, outputTokens: (1 << 53) - 1))
        #expect(UsageReport(Array(repeating: huge, count: 1025)).text(lastAnswer: nil).contains("\(Int.max) tokens in"))
    }
}
