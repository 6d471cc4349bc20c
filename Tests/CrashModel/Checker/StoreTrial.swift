import Foundation
import SessionFiles
import SessionKit

/// Puts a state into a real directory, and lets the real store open it and go on.
struct StoreTrial {
    /// The directory, which is not there yet.
    let root: String
    /// The sessions directory below it.
    let sessionsPath: String

    /// Tries a state.
    ///
    /// - Returns: what went wrong; nil if nothing did.
    func run(_ sample: Sample) async -> String? {
        defer { try? FileManager.default.removeItem(atPath: root) }
        do {
            try Self.write(sample, to: root)
            let store = JSONDirectoryStore(path: root + sessionsPath)
            try await expect(sample.world, in: store)
            var world = sample.world
            for id in world.sessions.keys {
                let turn = try await store.beginTurn(in: SessionID(id), Prompt("Does it go on?"))
                _ = try await store.finishTurn(turn, with: Answer("It does."))
                world[id].turns.append(Exchange(prompt: "Does it go on?", answer: "It does."))
            }
            // A temporary whose session never came to be must not be in the way of it.
            for id in try temporaries().union(["new"]) where world.sessions[id] == nil {
                _ = try await store.create(SessionID(id), title: nil, settings: SessionSettings())
                world[id] = Contents()
            }
            try await expect(world, in: store)
            let left = try temporaries()
            return left.isEmpty ? nil : "temporaries are left: \(left.sorted().joined(separator: ", "))"
        } catch {
            return "\(error)"
        }
    }

    /// Writes a state's files.
    static func write(_ sample: Sample, to root: String) throws {
        let files = FileManager.default
        let mode = [FileAttributeKey.posixPermissions: 0o700]
        for directory in [""] + sample.directories {
            try files.createDirectory(atPath: root + directory, withIntermediateDirectories: true, attributes: mode)
        }
        for file in sample.files {
            let isWritten = files.createFile(
                atPath: root + file.path, contents: Data(file.bytes), attributes: [.posixPermissions: 0o600])
            guard isWritten else { throw CrashModelError("'\(root + file.path)' could not be written.") }
        }
    }

    private func temporaries() throws -> Set<String> {
        let directory = root + sessionsPath
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        return Set(names.filter { $0.hasSuffix(".tmp") }.map { String($0.dropFirst().dropLast(4)) })
    }

    private func expect(_ world: World, in store: JSONDirectoryStore) async throws {
        let listed = try await store.summaries(offset: 0, limit: nil)
        guard listed.total == world.sessions.count, Set(listed.sessions.map(\.id.rawValue)) == Set(world.sessions.keys)
        else { throw CrashModelError("the store lists \(listed.total) sessions, not \(world.sessions.count)") }
        for (id, contents) in world.sessions {
            let transcript = try await store.read(SessionID(id), .all)
            let turns = transcript.turns.map {
                Exchange(
                    prompt: $0.prompt?.content.text ?? "", answer: $0.answer?.content.text ?? "",
                    status: $0.answer?.status.rawValue ?? "")
            }
            guard turns == contents.turns, transcript.session.summary.title == contents.title,
                transcript.session.settings.system == contents.system,
                transcript.session.pending.map(\.content.text) == contents.pending
            else { throw CrashModelError("the store reads something else in session '\(id)'") }
        }
    }
}
