import Foundation
import SessionFiles
import SessionKit
import Testing

@Suite("The sessions directory")
struct SessionsDirectoryTests {
    private func expect(_ code: SessionError.Code, from body: () async throws -> Void) async -> SessionError? {
        do {
            try await body()
            Issue.record("no error, expected \(code)")
        } catch let error as SessionError {
            #expect(error.code == code, "\(error)")
            return error
        } catch {
            Issue.record("\(error) is no SessionError")
        }
        return nil
    }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private func turn(_ store: JSONDirectoryStore, _ id: SessionID, _ prompt: String = "Hi") async throws {
        _ = try await store.finishTurn(store.beginTurn(in: id, Prompt(Content(prompt))), with: Answer("re: \(prompt)"))
    }

    @Test("is an empty store while it is missing, and is made by the first write only")
    func isMadeByTheFirstWrite() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("a/b/sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            #expect(try await store.summaries(offset: 0, limit: nil).total == 0)
            _ = await expect(.notFound) { _ = try await store.read(id, .all) }
            _ = await expect(.notFound) { try await store.delete(id) }
            _ = await expect(.notFound) { _ = try await store.fork(id, as: SessionID("copy"), through: nil) }
            #expect(!FileManager.default.fileExists(atPath: directory.path("a")))
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            #expect(try await store.summaries(offset: 0, limit: nil).total == 1)
        }
    }

    @Test("and everything in it is its owner's alone")
    func isPrivate() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let open = try await store.beginTurn(in: id, Prompt("Hi"))
            #expect(try mode(path) == 0o700)
            #expect(try mode("\(path)/.locks") == 0o700)
            let inside = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0 != ".locks" }
            #expect(inside.count == 3, "\(inside)")
            for name in inside { #expect(try mode("\(path)/\(name)") == 0o600, "\(name)") }
            await store.releaseTurn(open)
        }
    }

    @Test("is refused when others can write to it, with the command that mends it")
    func refusesUnsafeDirectories() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("it's here")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            for mode in [0o777, 0o770, 0o702] {
                chmod(path, mode_t(mode))
                let error = await expect(.unsafeDirectory) { _ = try await store.summaries(offset: 0, limit: nil) }
                _ = await expect(.unsafeDirectory) { try await turn(store, id) }
                let command = try #require(error?.message.split(separator: ": ").last)
                _ = try Command(["sh", "-c", String(command)]).run()
                #expect(try await store.read(id, .all).messages.isEmpty)
            }
        }
    }

    @Test("is refused when others can replace it or what leads to it, with the command that mends it")
    func refusesUnsafeAncestors() async throws {
        try await TemporaryDirectory.with { directory in
            let (top, path) = (directory.path("it's open"), directory.path("it's open/mine/sessions"))
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            for unsafe in [top, "\(top)/mine"] {
                chmod(unsafe, 0o777)
                let error = await expect(.unsafeDirectory) { _ = try await store.summaries(offset: 0, limit: nil) }
                _ = await expect(.unsafeDirectory) { try await turn(store, id) }
                let command = try #require(error?.message.split(separator: ": ").last)
                _ = try Command(["sh", "-c", String(command)]).run()
                #expect(try await store.read(id, .all).messages.isEmpty)
            }
            chmod(top, 0o1777)
            #expect(try await store.read(id, .all).messages.isEmpty, "the sticky bit keeps others from it")
        }
    }

    @Test("may be reached through a symbolic link")
    func mayBeALink() async throws {
        try await TemporaryDirectory.with { directory in
            mkdir(directory.path("real"), 0o700)
            symlink("real", directory.path("link"))
            let store = JSONDirectoryStore(path: directory.path("link"))
            _ = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings())
            #expect(FileManager.default.fileExists(atPath: directory.path("real/demo.json")))
        }
    }

    @Test("is no empty one where a symbolic link leads nowhere: its disk may not be there")
    func mayNotBeADanglingLink() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("link")
            symlink(directory.path("gone"), path)
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            let changes: [() async throws -> Void] = [
                { _ = try await store.summaries(offset: 0, limit: nil) },
                { _ = try await store.read(id, .all) },
                { _ = try await store.create(id, title: nil, settings: SessionSettings()) },
                { try await store.delete(id) },
            ]
            for change in changes {
                let error = await expect(.unreadable, from: change)
                #expect(error?.message.contains("symbolic link") == true && error?.message.contains(path) == true)
            }
            #expect(!FileManager.default.fileExists(atPath: directory.path("gone")))
        }
    }

    @Test("may hold links, FIFOs, sockets and directories: they neither hang nor mislead nor change")
    func survivesStrangeEntries() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            _ = try await store.create(SessionID("good"), title: nil, settings: SessionSettings())
            symlink("good.json", "\(path)/link.json")
            symlink("/nowhere", "\(path)/dangling.json")
            mkfifo("\(path)/fifo.json", 0o600)
            mkdir("\(path)/folder.json", 0o700)
            #expect(
                try Command([
                    "python3", "-c", "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])",
                    "\(path)/socket.json",
                ]).run() != nil)
            for name in [
                ".hidden.json", ".json", "bad name.json", "good.json.bak", "x.json.tmp", ".good.tmp", "notes.txt",
            ] {
                try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            let page = try await store.summaries(offset: 0, limit: nil)
            #expect(page.sessions.map(\.id.rawValue) == ["good"])
            #expect(Set(page.entries.map(\.id.rawValue)) == ["good", "link", "dangling", "fifo", "folder", "socket"])
            for name in ["link", "dangling", "fifo", "folder", "socket"] {
                let id = try SessionID(name)
                let error = await expect(.unreadable) { _ = try await store.read(id, .all) }
                #expect(error?.message.contains("\(path)/\(name).json") == true)
                _ = await expect(.unreadable) { try await store.delete(id) }
                _ = await expect(.unreadable) { _ = try await store.reset(id) }
                _ = await expect(.alreadyExists) {
                    _ = try await store.create(id, title: nil, settings: SessionSettings())
                }
                _ = await expect(.alreadyExists) { _ = try await store.rename(SessionID("good"), to: id) }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == names)
        }
    }

    @Test("may hold a file that does not parse: the error names the place, nothing touches it, the others go on")
    func leavesMalformedFilesAlone() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let (good, bad) = (try SessionID("good"), try SessionID("bad"))
            _ = try await store.create(good, title: nil, settings: SessionSettings())
            let text = "{\"format\":\"sesh.session/1\",\n \"messages\":[{\"role\":\"user\",\"content\":5}]}"
            let file = URL(fileURLWithPath: "\(path)/bad.json")
            try Data(text.utf8).write(to: file)
            let error = await expect(.malformed) { _ = try await store.read(bad, .all) }
            #expect(error?.message.contains("\(path)/bad.json") == true)
            #expect(
                error?.message.contains("line 2, column 39 (messages[0].content)") == true, "\(error?.message ?? "")")
            for change in try changes(of: bad, in: store) { _ = await expect(.malformed, from: change) }
            #expect(try Data(contentsOf: file) == Data(text.utf8))
            #expect(try await store.summaries(offset: 0, limit: nil).entries.count == 2)
            try await turn(store, good)
        }
    }

    @Test("may hold a session of a newer format: it can be listed and read, and not changed")
    func readsNewerFormats() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("sessions")
            let store = JSONDirectoryStore(path: path)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: "T", settings: SessionSettings())
            let file = URL(fileURLWithPath: "\(path)/demo.json")
            let newer = try String(contentsOf: file, encoding: .utf8).replacingOccurrences(
                of: "session/1", with: "session/2")
            try Data(newer.utf8).write(to: file)
            #expect(try await store.read(id, .all).session.summary.title == "T")
            #expect(try await store.summaries(offset: 0, limit: nil).sessions.count == 1)
            for change in try changes(of: id, in: store) { _ = await expect(.newerFormat, from: change) }
            #expect(try Data(contentsOf: file) == Data(newer.utf8))
        }
    }

    private func changes(of id: SessionID, in store: JSONDirectoryStore) throws -> [() async throws -> Void] {
        let (other, turn) = (try SessionID("other"), TurnID.generate())
        return [
            { _ = try await store.beginTurn(in: id, Prompt("Hi")) },
            { _ = try await store.takeUp(turn, in: id, model: nil) },
            { try await store.withdrawTurn(turn, in: id) },
            { _ = try await store.update(id, ifRevision: nil, [.title("x")]) },
            { _ = try await store.undo(1, in: id) },
            { _ = try await store.redo(1, in: id) },
            { _ = try await store.fork(id, as: other, through: nil) },
            { _ = try await store.rename(id, to: other) },
            { _ = try await store.reset(id) },
            { try await store.delete(id) },
        ]
    }
}
