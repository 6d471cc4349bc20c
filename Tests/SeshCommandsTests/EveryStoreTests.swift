import Foundation
import SeshTestSupport
import SessionKit
import Testing

@Suite("Every command over a store that is no directory")
struct EveryStoreTests {
    @Test("makes, lists, shows, changes, copies and deletes sessions, and leaves no file")
    func commands() async throws {
        let store = InMemoryStore()
        let sandbox = try Sandbox(store: store)
        func done(_ words: String, input: String = "") async throws -> String {
            let run = try await sandbox.run(words.split(separator: " ").map(String.init), input: .init(input.utf8))
            #expect(run.status == 0, "\(words): \(run)")
            return run.output
        }
        #expect(try await done("chat -s a One") == "One\n")
        #expect(try await done("chat -s b --system Brief. --lines", input: "two\nthree\n") == "two\nthree\n")
        #expect(try await done("list").split(separator: "\n").map { $0.prefix(1) } == ["b", "a"])
        #expect(try await done("history b --last 2") == "user:\nthree\n\nassistant (echo):\nthree\n")
        #expect(try await done("undo b") + done("redo b") + done("rename b c") == "")
        #expect(try await done("fork c d") == "d\n")
        let json = try await done("export d -f json")
        #expect(try await done("import -s e", input: json) == "e\n")
        #expect(try await store.read(SessionID("e"), .all).messages.count == 4)
        _ = try await done("reset e")
        _ = try await done("delete -y e")
        #expect(try await done("prune --keep 1") == "c\na\n")
        #expect(try await store.ids() == [SessionID("d")])
        #expect(try await sandbox.run("history", "c").status == 66)
        #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.path))
    }
}
