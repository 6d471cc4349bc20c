/// A directory: the entries that would survive a power cut, and what has been done to them since.
struct DirectoryNode: Sendable {
    /// What is on the medium.
    private(set) var durable: [String: Int] = [:]
    /// What is not known to be, in order.
    private(set) var changes: [DirectoryChange] = []
    /// What programs see.
    private(set) var current: [String: Int] = [:]

    /// Makes a change that is not on the medium yet.
    mutating func make(_ change: DirectoryChange) {
        change.apply(to: &current)
        changes.append(change)
    }

    /// Brings everything to the medium.
    mutating func synchronize() {
        durable = current
        changes = []
    }

    /// What a power cut may leave of the entries: any set of the changes, where a change of a name takes with it the
    /// earlier ones of that name.
    ///
    /// - Parameter limit: how many changes are set apart from each other, the last ones; those before are there
    ///   together or not at all.
    func remains(limit: Int) -> [[String: Int]] {
        guard !changes.isEmpty else { return [durable] }
        let apart = max(0, changes.count - limit)
        let units = (apart > 0 ? [Array(changes[..<apart])] : []) + changes[apart...].map { [$0] }
        let names = units.map { Set($0.flatMap(\.names)) }
        let needed = names.indices.map { later in
            (0..<later).reduce(0) { names[later].isDisjoint(with: names[$1]) ? $0 : $0 | 1 << $1 }
        }
        return (0..<1 << units.count).compactMap { set in
            guard units.indices.allSatisfy({ set >> $0 & 1 == 0 || set & needed[$0] == needed[$0] }) else { return nil }
            var entries = durable
            for place in units.indices where set >> place & 1 == 1 {
                for change in units[place] { change.apply(to: &entries) }
            }
            return entries
        }
    }
}
