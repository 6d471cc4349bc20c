import SeshTestSupport
import Foundation
import SessionKit
import Testing

@testable import SessionFiles
@testable import SessionJSON

@Suite("A session document")
struct SessionDocumentTests {
    @Test("in the canonical layout is written as it was read, byte for byte")
    func isWrittenAsRead() throws {
        let written = try SampleDocument.written(SampleDocument.read(SampleDocument.bytes))
        #expect(String(decoding: written, as: UTF8.self) == SampleDocument.text)
    }

    @Test("keeps each of its settings as it is spelled until that one changes")
    func keepsSpellings() throws {
        var document = try SampleDocument.read(SampleDocument.bytes)
        document.settings.system = "Be long."
        let warm = String(decoding: try SampleDocument.written(document), as: UTF8.self)
        #expect(warm.contains(#""settings":{"system":"Be long.","temperature":0.70,"top_p":1e-1},"#))
        document.settings.temperature = 0.5
        let cool = String(decoding: try SampleDocument.written(document), as: UTF8.self)
        #expect(cool.contains(#""settings":{"system":"Be long.","temperature":0.5,"top_p":1e-1},"#))
    }

    @Test("hands a prompt's unknown members and the spelling of its settings on, but no name that a message has")
    func handsMembersOn() throws {
        let text = #"""
            {"format":"sesh.session/1","settings":{"temperature":0.70},"messages":[],"pending":[
            {"turn":"01KAJ000000000000000000009","content":"a","role":"user","status":"odd","usage":1,"draft":true,
            "settings":{"temperature":0.70,"top_p":1}}]}
            """#
        var document = try SampleDocument.read(Array(text.utf8))
        let turn = try #require(document.pending.first?.prompt.turn)
        let open = OpenTurn(
            id: turn, session: document.summary.id, prompt: Message(turn: turn, role: .user, content: "a"), after: nil,
            settings: document.settings, isTakenUp: true)
        _ = try document.finish(open, with: Answer("b"), at: Date())
        let written = try SampleDocument.written(document)
        #expect(try SampleDocument.read(written).messages.count == 2)
        let line = String(decoding: written, as: UTF8.self).split(separator: "\n").first { $0.contains("draft") }
        #expect(line?.contains(#""settings":{"temperature":0.70,"top_p":1},"draft":true"#) == true)
        #expect(line?.contains("odd") == false && line?.contains("usage") == false)
    }

    @Test("keeps what it does not know of a turn taken back while it is, and of its messages for good")
    func keepsMembersOfUndoneTurns() throws {
        var document = try SampleDocument.read(SampleDocument.bytes)
        func written() throws -> String { String(decoding: try SampleDocument.written(document), as: UTF8.self) }
        _ = try document.undo(at: Date())
        #expect(document.undone.count == 2)
        #expect(try written().contains(#""reason":"typo""#))
        #expect(try document.redo(at: Date()).first?.prompt?.content == "Who am I?")
        #expect(try written().contains(#""reason":"typo""#))
        #expect(try document.redo(at: Date()).first?.prompt?.content == "x")
        #expect(document.undone.isEmpty)
        #expect(try written().contains(#""content":"x","y":0"#) && !written().contains("reason"))
    }

    @Test("that would not be readable any more is not written")
    func refusesWhatCannotBeRead() throws {
        let turn = TurnID.generate()
        let settings = SessionSettings(temperature: .nan)
        let message = Message(turn: turn, role: .user, content: "a", settings: settings)
        var document = try SampleDocument.read(SampleDocument.bytes)
        document.append([Turn(id: turn, messages: [message])])
        let lines = SummaryLine.encode(&document)
        let error = #expect(throws: SessionError.self) { try document.check(firstLines: lines) }
        #expect(error?.code == .notSaved && error?.message.contains("messages[0].settings.temperature") == true)
    }

    @Test("counts its writes up to the largest number that it can hold")
    func countsToTheEnd() throws {
        let text = #"{"format":"sesh.session/1","revision":9007199254740991,"messages":[]}"#
        var document = try SampleDocument.read(Array(text.utf8))
        try document.summarize(writtenAt: Date())
        #expect(try SampleDocument.read(SampleDocument.written(document)).summary.revision == 9_007_199_254_740_991)
    }

    @Test("is read with everything that it holds")
    func isReadWhole() throws {
        let document = try SampleDocument.read(SampleDocument.bytes)
        let session = document.session { _ in true }
        #expect(session.summary.title == "Grüße")
        #expect(session.summary.messageCount == 4 && session.summary.pendingCount == 1)
        #expect(session.summary.forkedFrom?.id == "old")
        #expect(session.settings == SessionSettings(system: "Be brief.", temperature: 0.7))
        #expect(session.pending.map(\.content) == ["And then?"] && session.pending.first?.state == .live)
        let messages = try document.messages(document.messages)
        #expect(messages.map(\.content) == ["My name is Sarah.", "Hello, \"Sarah\" 😀.", "Who am I?", "Sa"])
        #expect(messages.map(\.status) == [.complete, .complete, .complete, .interrupted])
        #expect(messages[1].usage == TokenUsage(inputTokens: 3, outputTokens: 5))
        #expect(document.undone.map(\.messages.count) == [2])
    }

    @Test(
        "keeps what it does not know, at every level, when it is reformatted and goes on", arguments: ["jq", "python3"])
    func keepsUnknownMembers(_ tool: String) async throws {
        let command = tool == "jq" ? ["jq", "."] : ["python3", "-m", "json.tool"]
        guard let pretty = try Command(command).run(SampleDocument.bytes) else {
            return print("NOT TESTED: \(tool) is not installed")
        }
        var document = try SampleDocument.read(pretty)
        let turn = try #require(TurnID("01KAJ000000000000000000009"))
        let open = OpenTurn(
            id: turn, session: document.summary.id, prompt: Message(turn: turn, role: .user, content: "And then?"),
            after: nil, settings: document.settings, isTakenUp: false)
        let finished = try document.finish(open, with: Answer("Then."), at: Date())
        #expect(finished.answer?.content == "Then.")
        let written = String(decoding: try SampleDocument.written(document), as: UTF8.self)
        let unknown = [
            "\"why\":", "\"tags\":", "\"top_p\":", "\"draft\":true", "\"y\":0", "\"reason\":", "\"score\":",
            "\"cached\":1", "\"attachments\":[{\"sha256\":\"00\"",
        ]
        for member in unknown { #expect(written.contains(member), "\(member)") }
        #expect(written.split(separator: "\n").count == 5 + 6 + 1)
        #expect(try SampleDocument.read(Array(written.utf8)).messages.count == 6)
    }

    @Test("is exactly itself or an error, wherever it is cut off")
    func everyTruncation() throws {
        for length in SampleDocument.bytes.indices.dropLast() {
            #expect(throws: DocumentFlaw.self) { try SampleDocument.read(Array(SampleDocument.bytes[..<length])) }
        }
        _ = try SampleDocument.read(Array(SampleDocument.bytes.dropLast()))
    }

    @Test("survives every flipped bit: it is read, and then kept whole, or it is an error", .thorough)
    func everyBitFlip() throws {
        for place in SampleDocument.bytes.indices {
            for bit in 0..<8 {
                var bytes = SampleDocument.bytes
                bytes[place] ^= 1 << bit
                guard let document = try? SampleDocument.read(bytes), !document.format.isNewer else { continue }
                let messages = try document.messages(document.messages)
                let again = try SampleDocument.read(SampleDocument.written(document))
                #expect(try again.messages(again.messages) == messages, "byte \(place), bit \(bit)")
            }
        }
    }

    private static let flaws: [(text: String, path: String, problem: String)] = [
        (#"[]"#, "", "an object was expected"),
        (#"{"messages":[]}"#, "", "no 'format'"),
        (#"{"format":"other/1","messages":[]}"#, "format", "'sesh.session/1' was expected"),
        (#"{"format":"sesh.session/01","messages":[]}"#, "format", "'sesh.session/1' was expected"),
        (#"{"format":1,"messages":[]}"#, "format", "a string was expected"),
        (#"{"format":"sesh.session/1"}"#, "", "no 'messages'"),
        (
            #"{"format":"sesh.session/1","messageCount":"2","messages":[]}"#, "messageCount",
            "a whole number was expected"
        ),
        (#"{"format":"sesh.session/1","revision":-1,"messages":[]}"#, "revision", "a whole number was expected"),
        (#"{"format":"sesh.session/1","revision":1.5,"messages":[]}"#, "revision", "a whole number"),
        (#"{"format":"sesh.session/1","title":1,"messages":[]}"#, "title", "a string or null was expected"),
        (#"{"format":"sesh.session/1","updatedAt":"soon","messages":[]}"#, "updatedAt", "a time such as"),
        (
            #"{"format":"sesh.session/1","settings":{"temperature":"hot"},"messages":[]}"#, "settings.temperature",
            "a number"
        ),
        (#"{"format":"sesh.session/1","messages":{}}"#, "messages", "an array was expected"),
        (#"{"format":"sesh.session/1","messages":[{"role":"user"}]}"#, "messages[0]", "no 'content'"),
        (#"{"format":"sesh.session/1","messages":[{"content":""}]}"#, "messages[0]", "no 'role'"),
        (
            #"{"format":"sesh.session/1","messages":[{"role":"user","content":1}]}"#, "messages[0].content",
            "a string was expected"
        ),
        (
            #"{"format":"sesh.session/1","messages":[{"turn":"x","role":"user","content":""}]}"#, "messages[0].turn",
            "a turn's identity"
        ),
        (
            #"{"format":"sesh.session/1","messages":[{"role":"user","content":"","status":"odd"}]}"#,
            "messages[0].status", "'complete'"
        ),
        (#"{"format":"sesh.session/1","pending":[{"content":"a"}],"messages":[]}"#, "pending[0]", "no 'turn'"),
        (#"{"format":"sesh.session/1","messages":[],"id":"a","id":"b"}"#, "", "the name 'id' comes twice"),
    ]

    @Test("of the wrong shape is an error that names the member", arguments: flaws)
    func namesWrongMembers(_ flaw: (text: String, path: String, problem: String)) {
        do throws(DocumentFlaw) {
            _ = try SampleDocument.read(Array(flaw.text.utf8))
            Issue.record("\(flaw.text) was taken")
        } catch {
            #expect(error.flaw.pathText == flaw.path)
            #expect(error.flaw.problem.contains(flaw.problem), "\(error.flaw.problem)")
        }
    }

    @Test("whose messages name no turn gives each read the same ones, and writes them")
    func assignsTurns() throws {
        let text = """
            {"format":"sesh.session/1","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},
            {"turn":null,"role":"user","content":"c","x":[1, 2]},{"role":"assistant","content":"d"}]}
            """
        let first = try SampleDocument.read(Array(text.utf8))
        let second = try SampleDocument.read(Array(text.utf8))
        let messages = try first.messages(first.messages)
        #expect(messages == (try second.messages(second.messages)))
        #expect(Turn.grouping(messages).map { $0.messages.map(\.content) } == [["a", "b"], ["c", "d"]])
        let written = try SampleDocument.read(SampleDocument.written(first))
        #expect(!written.messages.contains { $0.lacksTurn })
        #expect(try written.messages(written.messages) == messages)
    }

    @Test("of a newer format is read, and a flaw in it is known to be of a newer format")
    func readsNewerFormats() throws {
        let newer = SampleDocument.text.replacingOccurrences(of: "session/1", with: "session/2")
        #expect(try SampleDocument.read(Array(newer.utf8)).format.isNewer)
        for strange in [
            #"{"format":"sesh.session/3","messages":[{"role":"tool","parts":[]}]}"#,
            #"{"messages":[{"role":"tool","parts":[]}],"x":[{}],"format":"sesh.session/3"}"#,
        ] {
            do throws(DocumentFlaw) {
                _ = try SampleDocument.read(Array(strange.utf8))
                Issue.record("a message without content was taken")
            } catch {
                #expect(error.isNewer)
            }
        }
    }
}
