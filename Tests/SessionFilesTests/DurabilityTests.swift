import SeshTestSupport
import Platform
import Foundation
import SessionKit
import Testing

@testable import SessionFiles

@Suite("Files and locks on disk")
struct DurabilityTests {
    private func turn(_ store: JSONDirectoryStore, _ id: SessionID, _ prompt: String = "Hi") async throws {
        _ = try await store.finishTurn(store.beginTurn(in: id, Prompt(Content(prompt))), with: Answer("re: \(prompt)"))
    }

    @Test("Two openers of a session, 200 turns each at once: 400 turns, each whole, none lost or doubled", .thorough)
    func concurrentTurns() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            _ = try await JSONDirectoryStore(path: path).create(id, title: nil, settings: SessionSettings())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<2 {
                    group.addTask {
                        let store = JSONDirectoryStore(path: path)
                        for number in 0..<200 { try await turn(store, id, "\(writer)-\(number)") }
                    }
                }
                try await group.waitForAll()
            }
            let transcript = try await JSONDirectoryStore(path: path).read(id, .all)
            #expect(transcript.messages.count == 800 && transcript.session.pending.isEmpty)
            #expect(transcript.turns.allSatisfy { $0.answer?.content == $0.prompt.map { "re: \($0.content)" } })
            let prompts = transcript.turns.compactMap { $0.prompt?.content }
            #expect(Set(prompts).count == 400)
            for writer in 0..<2 {
                #expect(prompts.filter { $0.text.hasPrefix("\(writer)-") } == (0..<200).map { "\(writer)-\($0)" })
            }
        }
    }

    @Test("A prompt whose process went away is abandoned; the next writer clears its lease and takes it up")
    func abandonedTurns() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            var dying: JSONDirectoryStore? = JSONDirectoryStore(path: path)
            _ = try await dying?.create(id, title: nil, settings: SessionSettings())
            let lost = try #require(try await dying?.beginTurn(in: id, Prompt("Hi")))
            let lease = "\(path)/.locks/\(lost.id).live"
            let store = JSONDirectoryStore(path: path)
            #expect(try await store.read(id, .all).session.pending.map(\.state) == [.live])
            // The descriptors of a process go with it; here with the store.
            dying = nil
            #expect(FileManager.default.fileExists(atPath: lease))
            // Soon, not at once: the thread that served it last may still have it in hand.
            let deadline = ContinuousClock.now + .seconds(60)
            while try await store.read(id, .all).session.pending.map(\.state) != [.abandoned] {
                try #require(ContinuousClock.now < deadline, "the prompt counts as abandoned")
                try await Task.sleep(for: .milliseconds(1))
            }
            try await turn(store, id, "Something else")
            #expect(!FileManager.default.fileExists(atPath: lease))
            let open = try await store.beginTurn(in: id, Prompt("Hi"))
            #expect(open.isTakenUp && open.id == lost.id && open.after != nil)
            await store.releaseTurn(open)
            #expect(!FileManager.default.fileExists(atPath: lease))
        }
    }

    @Test("A lease that belongs to no prompt goes when a session is made; one that is held stays")
    func orphanedLeases() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let held = try await store.beginTurn(in: id, Prompt("Hi"))
            let orphan = "\(path)/.locks/\(TurnID.generate()).live"
            try Data().write(to: URL(fileURLWithPath: orphan))
            _ = try await JSONDirectoryStore(path: path).create(
                SessionID("other"), title: nil, settings: SessionSettings())
            #expect(!FileManager.default.fileExists(atPath: orphan))
            #expect(FileManager.default.fileExists(atPath: "\(path)/.locks/\(held.id).live"))
            _ = try await store.finishTurn(held, with: Answer("Hello"))
        }
    }

    @Test("A file copied by hand is a session of its own, and the next write sets its id right")
    func copiedFiles() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let (a, b) = (try SessionID("a"), try SessionID("b"))
            _ = try await store.create(a, title: "T", settings: SessionSettings())
            try await turn(store, a)
            try FileManager.default.copyItem(atPath: "\(path)/a.json", toPath: "\(path)/b.json")
            #expect(try await store.read(b, .all).session.summary.remark?.contains("copied by hand from 'a'") == true)
            try await turn(store, b)
            #expect(try await store.read(b, .all).session.summary.remark == nil)
            #expect(try String(contentsOfFile: "\(path)/b.json", encoding: .utf8).contains(#""id":"b""#))
            #expect(try await store.read(a, .all).messages.count == 2)
            #expect(try await store.read(b, .all).messages.count == 4)
        }
    }

    @Test("A dead temporary goes with the next write or with its session, and no trace of a deleted id stays")
    func leavesNothingBehind() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("secret-name")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let dead = "\(path)/.secret-name.tmp"
            symlink("/nowhere", dead)
            try await turn(store, id)
            #expect((try? FileManager.default.attributesOfItem(atPath: dead)) == nil)
            try Data("half".utf8).write(to: URL(fileURLWithPath: dead))
            _ = try await store.beginTurn(in: id, Prompt("live"))
            try Data("half".utf8).write(to: URL(fileURLWithPath: dead))
            try await store.delete(id)
            let left = try FileManager.default.subpathsOfDirectory(atPath: path)
            #expect(!left.contains { $0.contains("secret") }, "\(left)")
        }
    }

    @Test("What a process that died left beside a session goes when the session is renamed, deleted or another made")
    func deadTemporaries() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let (old, new, lost) = (try SessionID("old"), try SessionID("new"), try SessionID("lost"))
            func leave(_ name: String) throws {
                try Data("half".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
            }
            func names() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != ".locks" }.sorted()
            }
            _ = try await store.create(old, title: nil, settings: SessionSettings())
            try leave(".old.tmp")
            _ = try await store.rename(old, to: new)
            #expect(try names() == ["new.json"])
            try leave(".lost.tmp")
            try await store.delete(lost)
            #expect(try names() == ["new.json"])
            let error = await #expect(throws: SessionError.self) { try await store.delete(lost) }
            #expect(error?.code == .notFound)
            // Those that share the new session's lock go as well; 200 names are sure to hold some.
            for number in 0..<200 { try leave(".lost\(number).tmp") }
            _ = try await store.create(SessionID("made"), title: nil, settings: SessionSettings())
            #expect(try names() == ["made.json", "new.json"])
            for number in 0..<200 { try leave(".lost\(number).tmp") }
            try await store.delete(SessionID("made"))
            #expect(try names() == ["new.json"])
            try leave(".lost.tmp")
            try leave(".not an id.tmp")
            _ = try await store.create(old, title: nil, settings: SessionSettings())
            #expect(try names() == [".not an id.tmp", "new.json", "old.json"])
        }
    }

    @Test("Pruning that is cancelled says what it has removed and that it was cancelled")
    func prunesUntilCancelled() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let ids = try ["b", "a"].map { try SessionID($0) }
            // The one used last is looked at first.
            for (place, id) in ids.enumerated() {
                let date = Date(timeIntervalSince1970: Double(place) * 60)
                _ = try await JSONDirectoryStore(path: path, now: { date }).create(
                    id, title: nil, settings: SessionSettings())
            }
            let digits = String(ids[0].stripe, radix: 16)
            let holder = open("\(path)/.locks/\(digits.count < 2 ? "0" : "")\(digits)", O_RDWR)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            let pruning = Task { try await store.prune(PruneCriteria(keep: 0), dryRun: false) }
            while FileManager.default.fileExists(atPath: "\(path)/a.json") {
                try await Task.sleep(for: .milliseconds(1))
            }
            pruning.cancel()
            let report = try await pruning.value
            #expect(report.removed.map(\.id) == [ids[1]])
            #expect(report.error?.code == .cancelled && report.failed.isEmpty)
            #expect(FileManager.default.fileExists(atPath: "\(path)/b.json"))
        }
    }

    @Test("A lease that can't be looked at stands in the way of its own prompt only, and is no live turn")
    func strangeLeases() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let open = try await store.beginTurn(in: id, Prompt("Hi"))
            await store.releaseTurn(open)
            mkdir("\(path)/.locks/\(open.id).live", 0o700)
            let other = try await store.beginTurn(in: id, Prompt("Hi"))
            #expect(other.id != open.id)
            let error = await #expect(throws: SessionError.self) { try await store.withdrawTurn(open.id, in: id) }
            #expect(error?.code == .notSaved && (error?.cause as? SystemCallError)?.code == EISDIR)
            _ = try await store.finishTurn(other, with: Answer("Hello"))
        }
    }

    @Test("A full disk, and one that is read-only: NOT SAVED, the old file stands, no temporary stays")
    func fullDisk() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("disk")
            mkdir(path, 0o700)
            guard try Command(["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "none", path]).run() != nil else {
                return print("NOT TESTED: a full disk, since this user may not mount one")
            }
            defer { _ = try? Command(["umount", "-l", path]).run() }
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            try await turn(store, id)
            let before = try Data(contentsOf: URL(fileURLWithPath: "\(path)/demo.json"))
            let huge = String(repeating: "x", count: 100_000)
            let full = await #expect(throws: SessionError.self) {
                _ = try await store.beginTurn(in: id, Prompt(Content(huge)))
            }
            #expect(full?.code == .notSaved && full?.message.contains("\(path)/demo.json") == true)
            #expect((full?.cause as? SystemCallError)?.code == ENOSPC)
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(path)/demo.json")) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [".locks", "demo.json"])
            try await turn(store, id, "goes on")
            #expect(try Command(["mount", "-o", "remount,ro", path]).run() != nil)
            let readOnly = await #expect(throws: SessionError.self) { try await turn(store, id) }
            #expect(readOnly?.code == .notSaved)
            #expect(try await store.read(id, .all).messages.count == 4)
        }
    }

    @Test("jq and Python read every file that every kind of change writes, and modes stay 0600")
    func othersReadTheFiles() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let (a, b, c) = (try SessionID("a"), try SessionID("b"), try SessionID("c"))
            _ = try await store.create(
                a, title: "„Ünï\u{0}\u{1B}\"", settings: SessionSettings(system: "s\n", temperature: 1e-5))
            try check(path)
            try await turn(store, a, "\u{7F}\u{85}\u{2028}👩‍👩‍👧 \\ \" /")
            _ = try await store.update(
                a, ifRevision: nil, [.maxTokens(5), .system(nil), .model(ModelReference("x:y:z"))])
            _ = try await store.beginTurn(in: a, Prompt("open", model: ModelReference("m")))
            try await turn(store, a, "again")
            try check(path)
            _ = try await store.undo(1, in: a)
            _ = try await store.fork(a, as: b, through: nil)
            try check(path)
            _ = try await store.redo(1, in: a)
            _ = try await store.rename(b, to: c)
            try check(path)
            #expect(try await store.reset(c).summary.messageCount == 0)
            try check(path)
        }
    }

    private func check(_ path: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")))
            for tool in [["jq", "."], ["python3", "-c", "import json,sys; json.load(sys.stdin)"]] {
                guard try Command(["which", tool[0]]).run() != nil else {
                    print("NOT TESTED: \(tool[0]) is not installed")
                    continue
                }
                #expect(
                    try Command(tool).run(bytes) != nil, "\(tool[0]) refuses \(String(decoding: bytes, as: UTF8.self))")
            }
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }
}
