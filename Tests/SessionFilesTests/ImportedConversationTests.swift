import Foundation
import SessionKit
import Testing

@testable import SessionFiles
@testable import SessionJSON

@Suite("Conversations from other documents")
struct ImportedConversationTests {
    private func read(_ text: String) throws -> ImportedConversation {
        try ImportedConversation(Array(text.utf8), named: "talk.json")
    }

    private static let messages = #"{"role":"user","content":"a"},{"role":"assistant","content":"b"}"#

    @Test(
        "An array, an object with an array, and lines are the same conversation",
        arguments: [
            "[\(messages)]", " [\n\(messages)\n]\n", #"{"model":"gpt","messages":[\#(messages)],"n":1}"#,
            messages.replacingOccurrences(of: "},{", with: "}\n{"),
            messages.replacingOccurrences(of: "},{", with: "}\n\n{") + "\n",
        ])
    func shapes(text: String) throws {
        let conversation = try read(text)
        #expect(conversation.turns.count == 1)
        #expect(conversation.turns[0].messages.map(\.content) == ["a", "b"])
        #expect(conversation.settings.isEmpty && conversation.model == nil)
    }

    @Test("System messages at the beginning become the system prompt, recorded where it begins")
    func system() throws {
        let conversation = try read(
            #"[{"role":"system","content":"One."},{"role":"developer","content":"Two."},\#(Self.messages)]"#)
        #expect(conversation.settings.system == "One.\n\nTwo.")
        #expect(conversation.turns[0].prompt?.settings == conversation.settings)
    }

    @Test("Parts that are text are joined; what this version does not know is passed over")
    func parts() throws {
        let conversation = try read(
            #"[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"name":"x"},"#
                + #"{"role":"assistant","content":"c","refusal":null}]"#)
        #expect(conversation.turns[0].messages.map(\.content) == ["ab", "c"])
    }

    @Test("A session's document keeps title, settings, model and turns; what is unanswered is counted")
    func session() throws {
        let turn = TurnID.generate()
        let conversation = try read(
            #"{"format":"sesh.session/1","id":"other","title":"T","model":"local","settings":{"temperature":0.5},"#
                + #""pending":[{"turn":"\#(TurnID.generate())","content":"?"}],"messages":["#
                + #"{"turn":"\#(turn)","role":"user","content":"a"},"#
                + #"{"turn":"\#(turn)","role":"assistant","content":"b","status":"interrupted"}]}"#)
        #expect(conversation.title == "T" && conversation.model == ModelReference("local"))
        #expect(conversation.settings == SessionSettings(temperature: 0.5))
        #expect(conversation.turns.map(\.id) == [turn])
        #expect(conversation.turns[0].answer?.status == .interrupted)
        #expect(conversation.unansweredCount == 1)
    }

    @Test(
        "What a session can't hold is refused as a whole, and the place is named",
        arguments: [
            ("", "line 1"), ("[", "line 1"), ("[1]", "[0]"), (#"{"role":"user"}"#, "content"),
            ("[\(messages),]", "line 1"), (#"[\#(messages),{"role":"user","content":"c"}]"#, "no answer"),
            (#"[{"role":"user","content":"c"},\#(messages)]"#, "[1]"),
            (#"[{"role":"assistant","content":"c"}]"#, "[0]"),
            (#"[\#(messages),{"role":"system","content":"c"}]"#, "[2]"), (#"[{"role":"tool","content":"c"}]"#, "tool"),
            (#"[{"role":"user","content":" "}]"#, "no words"), (#"[{"role":"user","content":null}]"#, "[0].content"),
            (#"[{"role":"user","content":[{"type":"image_url"}]}]"#, "text"),
            (#"[{"role":"user","content":"a","content":"b"}]"#, "comes twice"),
            (#"{"messages":[\#(messages)]} {"messages":[]}"#, "role"),
        ])
    func refused(text: String, mention: String) {
        #expect { try read(text) } throws: { error in
            guard let error = error as? SessionError else { return false }
            return error.code == .malformed && error.message.contains(mention) && error.message.contains("talk.json")
        }
    }

    @Test("A newer format is said to be newer")
    func newer() {
        #expect { try read(#"{"format":"sesh.session/2","messages":[]}"#) } throws: {
            ($0 as? SessionError)?.code == .newerFormat
        }
    }

    @Test("Two turns with one identity are refused")
    func twice() {
        let turn = TurnID.generate()
        let pair =
            #"{"turn":"\#(turn)","role":"user","content":"a"},{"turn":"\#(turn)","role":"assistant","content":"b"}"#
        #expect { try read("[\(pair),\(pair)]") } throws: { ($0 as? SessionError)?.code == .malformed }
    }
}
