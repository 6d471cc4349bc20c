import SessionKit

@testable import SessionFiles

/// Decides whether a state is one that the store may leave.
struct Judge {
    /// What a file is, by its path.
    enum Place {
        case session(SessionID)
        case temporary
        /// A process's claim on a turn.
        case claim
        case lock
        /// None of the store's.
        case misplaced
    }

    /// The sessions directory.
    let sessionsPath: String
    private var reader = ContentsReader()

    /// Makes a judge.
    init(sessionsPath: String) { self.sessionsPath = sessionsPath }

    /// What stands at a path.
    func place(_ path: String) -> Place {
        guard path.hasPrefix(sessionsPath + "/") else { return .misplaced }
        let name = path.dropFirst(sessionsPath.count + 1)
        if name.hasPrefix(".locks/") { return name.hasSuffix(".live") ? .claim : .lock }
        if name.hasPrefix("."), name.hasSuffix(".tmp"), (try? SessionID(String(name.dropFirst().dropLast(4)))) != nil {
            return .temporary
        }
        guard name.hasSuffix(".json"), let id = try? SessionID(String(name.dropLast(5))) else { return .misplaced }
        return .session(id)
    }

    /// Reads all the sessions of a state.
    ///
    /// - Parameters:
    ///   - files: the files, with what they are, their hashes, and what gives their bytes.
    mutating func world(
        of files: [(path: String, place: Place, fingerprint: UInt64, bytes: () -> [UInt8])]
    ) throws(CrashModelError) -> World {
        var world = World()
        for file in files {
            switch file.place {
            case .temporary, .claim, .lock: continue
            case .misplaced: throw CrashModelError("'\(file.path)' is none of the store's files")
            case .session(let id):
                world.sessions[id.rawValue] = try reader.contents(of: id, file.fingerprint, file.bytes).get()
            }
        }
        return world
    }

    /// Says in what a world differs from all that are allowed.
    static func problem(with world: World, among worlds: [World]) -> String? {
        guard !worlds.contains(world), let wanted = worlds.last else { return nil }
        let ids = Set(world.sessions.keys).union(wanted.sessions.keys).sorted()
        let differences = ids.compactMap { id -> String? in
            switch (world.sessions[id], wanted.sessions[id]) {
            case (let found, let wanted) where found == wanted: nil
            case (nil, _): "session '\(id)' is gone"
            case (_, nil): "session '\(id)' should not be there"
            default: "session '\(id)' holds something else"
            }
        }
        return differences.joined(separator: ", ") + " (of \(worlds.count) that are allowed, the last one)"
    }
}
