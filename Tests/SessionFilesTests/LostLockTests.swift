import SessionJSON
import Foundation
import SeshTestSupport
import SessionKit
import Synchronization
import Testing

@testable import SessionFiles

@Suite("Locks that are taken away")
struct LostLockTests {
    private static let patient = Duration.seconds(30)

    private func store(_ path: String, patience: Duration = patient) -> JSONDirectoryStore {
        JSONDirectoryStore(path: path, mayBlockThread: { false }, patience: patience)
    }

    /// Does something in a task of its own and waits for it, on a thread that may be held up.
    private func wait(for body: @escaping @Sendable () async throws -> Void) {
        let isDone = DispatchSemaphore(value: 0)
        Task.detached {
            do { try await body() } catch { Issue.record(error) }
            isDone.signal()
        }
        isDone.wait()
    }

    private func lockedStripes(of path: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/.locks").map { name in
            let file = open("\(path)/.locks/\(name)", O_RDWR)
            #expect(flock(file, LOCK_EX) == 0)
            return file
        }
    }

    @Test("A lock that was granted in a directory is none for another that the path leads to by then")
    func switchedLink() async throws {
        try await TemporaryDirectory.with { directory in
            let (old, new, link) = (directory.path("old"), directory.path("new"), directory.path("link"))
            let id = try SessionID("demo")
            for path in [old, new] {
                _ = try await store(path).create(id, title: nil, settings: SessionSettings())
            }
            symlink("old", link)
            let (held, others) = (try lockedStripes(of: old), try lockedStripes(of: new))
            defer { for file in others { close(file) } }
            let impatient = store(link, patience: .milliseconds(500))
            let waiting = Task { try await impatient.update(id, ifRevision: nil, [.title("new")]) }
            // It waits in the old directory when the kernel says so (proc(5), locks).
            try await until { try String(contentsOfFile: "/proc/locks", encoding: .utf8).contains("->") }
            try FileManager.default.removeItem(atPath: link)
            symlink("new", link)
            for file in held { close(file) }
            let error = await #expect(throws: SessionError.self) { _ = try await waiting.value }
            #expect(error?.code == .busy, "the other directory's lock is held: \(String(describing: error))")
            #expect(try await store(new).read(id, .all).session.summary.title == nil)
        }
    }

    private func until(_ condition: () throws -> Bool) async throws {
        while try !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("A change whose lock is removed while it is under way is begun anew and takes the other's along")
    func removedLocks() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            let (first, second) = (store(path), store(path))
            _ = try await first.create(id, title: nil, settings: SessionSettings())
            let runs = Counter()
            try await first.rewriting(id) { document, _ in
                if runs.next() == 1 {
                    try FileManager.default.removeItem(atPath: "\(path)/.locks")
                    self.wait {
                        let open = try await second.beginTurn(in: id, Prompt("Hi"))
                        _ = try await second.finishTurn(open, with: Answer("Hello"))
                    }
                }
                document.summary.title = "titled"
            }
            let transcript = try await first.read(id, .all)
            #expect(transcript.messages.map(\.content) == ["Hi", "Hello"])
            #expect(transcript.session.summary.title == "titled")
            #expect(runs.next() == 3, "the change was run twice")
        }
    }

    @Test("What an editor writes without a lock while a change is under way is kept")
    func editedMeanwhile() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            let store = store(path)
            _ = try await store.create(id, title: "one", settings: SessionSettings())
            let runs = Counter()
            try await store.rewriting(id) { document, _ in
                if runs.next() == 1 {
                    let text = try String(contentsOfFile: "\(path)/demo.json", encoding: .utf8)
                    try text.replacing("\"one\"", with: "\"two\"")
                        .write(toFile: "\(path)/demo.json", atomically: true, encoding: .utf8)
                }
                document.settings.system = "Be brief."
            }
            let session = try await store.read(id, .all).session
            #expect(session.summary.title == "two" && session.settings.system == "Be brief.")
        }
    }

    @Test("A temporary that somebody is writing is not removed by another writer, nor put in the session's place")
    func sharedTemporary() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            let impatient = store(path, patience: .milliseconds(100))
            _ = try await impatient.create(id, title: nil, settings: SessionSettings())
            let temporary = "\(path)/.demo.tmp"
            try Data("half".utf8).write(to: URL(filePath: temporary))
            let writer = open(temporary, O_WRONLY)
            #expect(flock(writer, LOCK_EX) == 0)
            let error = await #expect(throws: SessionError.self) {
                _ = try await impatient.update(id, ifRevision: nil, [.title("new")])
            }
            #expect(error?.code == .busy)
            #expect(try String(contentsOfFile: temporary, encoding: .utf8) == "half")
            close(writer)
            #expect(try await impatient.update(id, ifRevision: nil, [.title("new")]).summary.title == "new")
            #expect(!FileManager.default.fileExists(atPath: temporary))
        }
    }

    @Test("Nothing is lost while the locks are removed again and again")
    func removedAgainAndAgain() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            _ = try await store(path).create(id, title: nil, settings: SessionSettings())
            let vandal = Task.detached {
                while !Task.isCancelled {
                    try? FileManager.default.removeItem(atPath: "\(path)/.locks")
                    try? await Task.sleep(for: .milliseconds(20))
                }
            }
            defer { vandal.cancel() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<10 {
                            _ = try await store(path).update(id, ifRevision: nil, [.title("\(writer) \(number)")])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store(path).read(id, .all).session.summary.revision == 41)
        }
    }
}

/// Counts how often something was done.
private final class Counter: Sendable {
    private let count = Mutex(0)

    /// Counts once more.
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
