/// The calls of a sound store on their way to those of a faulty one.
struct Mutation {
    /// The fault.
    let mutant: Mutant
    /// The sessions directory.
    let sessionsPath: String
    /// Whether anything is different yet.
    private(set) var hasChanged = false

    private var paths: [Int: String] = [:]
    private var names: Set<String> = []
    /// Calls that the faulty store makes later.
    private var late: [Call] = []

    /// Begins a mutation.
    init(mutant: Mutant, sessionsPath: String) {
        self.mutant = mutant
        self.sessionsPath = sessionsPath
    }

    /// What the faulty store does instead of a call.
    mutating func pass(_ call: Call) -> [Call] {
        defer { remember(call) }
        let changed = replacement(for: call)
        if changed != nil { hasChanged = true }
        return changed ?? [call]
    }

    private mutating func remember(_ call: Call) {
        switch call {
        case .open(let file, let path, _, _): paths[file] = path
        case .rename(let from, let to), .link(let from, let to):
            names.remove(from)
            names.insert(to)
        case .unlink(let path): names.remove(path)
        default: break
        }
    }

    /// - Returns: nil if the faulty store does the same.
    private mutating func replacement(for call: Call) -> [Call]? {
        switch (mutant, call) {
        case (.unsyncedFile, .sync(let file)) where isTemporary(paths[file]): return []
        case (.unsyncedDirectory, .sync(let file)) where paths[file] == sessionsPath: return []
        case (.unsyncedParent, .sync(let file)) where isParent(paths[file]): return []
        case (.renamedBeforeSync, .sync(let file)) where isTemporary(paths[file]),
            (.renamedBeforeSync, .close(let file)) where isTemporary(paths[file]) && !late.isEmpty,
            (.acknowledgedBeforeSync, .sync(let file)) where paths[file] == sessionsPath,
            (.acknowledgedBeforeSync, .close(let file)) where paths[file] == sessionsPath && !late.isEmpty:
            late.append(call)
            return []
        case (.renamedBeforeSync, .rename), (.renamedBeforeSync, .link), (.acknowledgedBeforeSync, .mark):
            defer { late = [] }
            return late.isEmpty ? nil : [call] + late
        case (.writtenInPlace, .open(let file, let path, true, _)) where isTemporary(path):
            return [.open(file: file, path: target(of: path), creates: true, truncates: true)]
        case (.writtenInPlace, .rename(let from, _)) where isTemporary(from),
            (.writtenInPlace, .link(let from, _)) where isTemporary(from):
            return []
        case (.removedBeforeRename, .rename(_, let to)) where names.contains(to): return [.unlink(to), call]
        default: return nil
        }
    }

    private func isTemporary(_ path: String?) -> Bool { path?.hasSuffix(".tmp") ?? false }

    private func isParent(_ path: String?) -> Bool { path.map { sessionsPath.hasPrefix($0 + "/") } ?? false }

    /// The file that a temporary is to become.
    private func target(of temporary: String) -> String {
        let name = temporary.dropFirst(sessionsPath.count + 2).dropLast(".tmp".count)
        return "\(sessionsPath)/\(name).json"
    }
}
