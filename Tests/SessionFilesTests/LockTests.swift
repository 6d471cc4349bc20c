import Foundation
import SessionKit
import Testing

@testable import SessionFiles

@Suite("Waiting for locks")
struct LockTests {
    @Test("A wait for a lock ends when its task is cancelled, and nothing has changed")
    func waitsAreCancelled() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let stripe = try #require(
                try FileManager.default.contentsOfDirectory(atPath: "\(path)/.locks").first)
            let holder = open("\(path)/.locks/\(stripe)", O_RDWR)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            let waiting = Task { try await store.update(id, ifRevision: nil, [.title("new")]) }
            #expect(try await store.read(id, .all).session.summary.title == nil, "readers need no lock")
            waiting.cancel()
            let error = await #expect(throws: SessionError.self) { _ = try await waiting.value }
            #expect(error?.code == .cancelled)
            #expect(flock(holder, LOCK_UN) == 0)
            #expect(try await store.update(id, ifRevision: 1, [.title("later")]).summary.title == "later")
        }
    }

    @Test("A wait for a lock ends after its time: busy, and nothing has changed")
    func waitsEnd() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let id = try SessionID("demo")
            _ = try await JSONDirectoryStore(path: path).create(id, title: nil, settings: SessionSettings())
            let stripe = try #require(
                try FileManager.default.contentsOfDirectory(atPath: "\(path)/.locks").first)
            let holder = open("\(path)/.locks/\(stripe)", O_RDWR)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            let store = JSONDirectoryStore(path: path, mayBlockThread: { false }, patience: .milliseconds(20))
            let error = await #expect(throws: SessionError.self) {
                _ = try await store.update(id, ifRevision: nil, [.title("new")])
            }
            #expect(error?.code == .busy)
            #expect(try await store.read(id, .all).session.summary.title == nil)
            #expect(flock(holder, LOCK_UN) == 0)
            #expect(try await store.update(id, ifRevision: 1, [.title("later")]).summary.title == "later")
        }
    }

    @Test("A lock file that others could open is its owner's alone once it has been used")
    func locksArePrivate() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let lock = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(path)/.locks").first)
            for mode in [0o666, 0o640] {
                #expect(chmod("\(path)/.locks/\(lock)", mode_t(mode)) == 0)
                _ = try await store.reset(id)
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/.locks/\(lock)")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
        }
    }

    @Test("All who stand in line for a lock get it, in this store and another, and those who have left are passed over")
    func lineMovesOn() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let stores = [JSONDirectoryStore(path: path), JSONDirectoryStore(path: path)]
            let id = try SessionID("demo")
            _ = try await stores[0].create(id, title: nil, settings: SessionSettings())
            let stripe = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(path)/.locks").first)
            let holder = open("\(path)/.locks/\(stripe)", O_RDWR)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            let waiting = (0..<20).map { number in
                Task { try await stores[number % 2].update(id, ifRevision: nil, [.title("\(number)")]) }
            }
            for task in waiting.prefix(4) { task.cancel() }
            for task in waiting.prefix(4) { await #expect(throws: SessionError.self) { _ = try await task.value } }
            #expect(flock(holder, LOCK_UN) == 0)
            for task in waiting.dropFirst(4) { _ = try await task.value }
            #expect(try await stores[0].read(id, .all).session.summary.revision == 17)
        }
    }
}
