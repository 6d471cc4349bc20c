import SeshTestSupport
import SessionJSON
import Foundation
import SessionKit
import Testing

@testable import SessionFiles

@Suite("Reading only the ends of a long file")
struct QuickReadingTests {
    private static func document(turns: Int, width: Int, pending: Int = 0) -> String {
        var messages: [String] = []
        for number in 0..<turns {
            let turn = "01KAJ" + String(format: "%021d", number)
            let words = String(repeating: "wörd \\\"\(number)\\\" ]}\\n", count: width)
            messages.append(#"{"turn":"\#(turn)","role":"user","content":"\#(words)"}"#)
            messages.append(#"{"turn":"\#(turn)","role":"assistant","content":"re","model":"local"}"#)
        }
        let prompts = (0..<pending).map { number in
            let turn = "01KAK" + String(format: "%021d", number)
            return #"{"turn":"\#(turn)","after":null,"content":"\#(String(repeating: "p", count: width * 10))"}"#
        }
        return """
            {"format":"sesh.session/1","id":"demo","title":null,"preview":"x","createdAt":"2026-11-21T02:15:00.000Z","updatedAt":"2026-11-21T02:16:00.000Z","model":null,"messageCount":\(messages.count),"pendingCount":\(pending),"revision":7,
            "settings":{"system":"s"},
            "pending":[\(prompts.joined(separator: ","))],
            "undone":[],
            "messages":[
            \(messages.joined(separator: ",\n"))
            ]}

            """
    }

    private static func withFile<Result>(_ text: String, _ body: (borrowing SessionFile) throws -> Result) async throws
        -> Result
    {
        try await TemporaryDirectory.with { directory in
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory.path("demo.json")))
            guard let folder = try SessionFolder.open(directory.root) else { throw CancellationError() }
            guard let file = try SessionFile.open(SessionID("demo"), in: folder) else { throw CancellationError() }
            return try body(file)
        }
    }

    @Test(
        "gives what reading all of it gives", .thorough,
        arguments: [(400, 20, 0), (3, 20_000, 0), (2000, 1, 3), (40, 500, 50)])
    func agrees(_ shape: (turns: Int, width: Int, pending: Int)) async throws {
        let text = Self.document(turns: shape.turns, width: shape.width, pending: shape.pending)
        try await Self.withFile(text) { file in
            let whole = try file.document()
            let messages = try whole.messages(whole.messages)
            for count in [0, 1, 2, 3, 5, 6, 20, 799, 800, 801, 5000] {
                let quick = try #require(try file.ending(count), "\(count) of \(shape.turns)")
                #expect(try quick.messages(quick.messages) == Array(messages.suffix(count)))
                #expect(quick.session { _ in false } == whole.session { _ in false })
            }
        }
    }

    @Test("gives the same context of a turn, wherever it ends", .thorough, arguments: [(400, 20), (2000, 1)])
    func agreesOnContexts(_ shape: (turns: Int, width: Int)) async throws {
        try await TemporaryDirectory.with { directory in
            let text = Self.document(turns: shape.turns, width: shape.width)
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory.path("demo.json")))
            let store = JSONDirectoryStore(path: directory.root)
            let id = try SessionID("demo")
            let messages = try await store.read(id, .all).messages
            let turns = messages.map(\.turn)
            let gone = TurnID.generate()
            for after in [nil, turns[0], turns[turns.count - 1], turns[turns.count - 9], turns[20], gone] {
                for replacing in [nil, turns[turns.count - 1], turns[turns.count - 5], turns[2], gone] {
                    for count in [nil, 0, 1, 2, 100, 5000] {
                        let range = MessageRange.context(after: after, replacing: replacing, last: count)
                        let expected = range.cut(messages, turn: \.turn).map(Array.init)
                        #expect(try await store.read(id, range).messages == expected, "\(range)")
                    }
                }
            }
        }
    }

    @Test("is not tried where the file is not laid out for it")
    func refusesOtherLayouts() async throws {
        let text = Self.document(turns: 400, width: 20)
        let others = [
            text + "\n", String(text.dropLast()), text.replacingOccurrences(of: "\n]}\n", with: "]}\n"),
            text.replacingOccurrences(of: "\"messages\":[\n", with: "\"messages\": [\n"),
            text.replacingOccurrences(of: "\"revision\":7,", with: "\"revision\":7 "),
            text.replacingOccurrences(of: "\"role\":\"assistant\",", with: "\n\"role\":\"assistant\","),
            text.replacingOccurrences(of: "\"turn\":\"01KAJ000000000000000000399\",", with: ""),
        ]
        for other in others {
            try await Self.withFile(other) { file in
                let document = try file.ending(2)
                #expect(document == nil, "\(other.suffix(200))")
            }
        }
    }

    @Test("is not tried where a member follows the messages")
    func refusesMembersAfterTheMessages() async throws {
        let text = Self.document(turns: 400, width: 20)
        let more =
            text.dropLast(4)
            + "\n],\n\"x\":[\n{\"turn\":\"01KAJ000000000000000000399\",\"role\":\"user\",\"content\":\"x\"}"
        // As many as are asked for, and more.
        for count in [1, 50] {
            let line = ",\n{\"turn\":\"01KAJ000000000000000000399\",\"role\":\"user\",\"content\":\"y\"}"
            let whole = String(more) + String(repeating: line, count: count - 1) + "\n]}\n"
            try await Self.withFile(whole) { file in
                for last in [1, 3, 60] {
                    let document = try file.ending(last)
                    #expect(document == nil, "\(last) of \(count)")
                }
                #expect(try file.document().messages.count == 800)
            }
        }
    }

    @Test("does not look at the messages before, but checks those that it gives")
    func checksWhatItGives() async throws {
        let text = Self.document(turns: 400, width: 20)
        let early = text.replacingOccurrences(of: "01KAJ000000000000000000000", with: "01KAJ00000000000000000000U")
        try await Self.withFile(early) { file in
            let document = try file.ending(2)
            #expect(document != nil)
            #expect(throws: SessionError.self) { try file.document() }
        }
        let late = text.replacingOccurrences(of: "01KAJ000000000000000000399", with: "01KAJ00000000000000000039U")
        try await Self.withFile(late) { file in
            let document = try file.ending(2)
            #expect(document == nil)
        }
    }
}
