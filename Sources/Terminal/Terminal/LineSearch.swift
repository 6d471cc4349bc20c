/// An incremental search through the history.
///
/// libedit's own looks up a character by its low byte, so that 中 is Ctrl-N (search.c, ce_inc_search), and draws the
/// pattern as a part of the text.
struct LineSearch {
    enum Direction { case older, newer }

    private let entries: [String]
    /// The text that is searched for.
    private(set) var pattern = ""
    /// The index of the entry that was found; nil before the first.
    private(set) var position: Int?
    /// Whether the last key found no entry.
    private(set) var hasFailed = false

    /// Begins a search in entries, oldest first.
    init(_ entries: [String]) { self.entries = entries }

    /// The entry that was found; nil before the first.
    var found: String? { position.map { entries[$0] } }

    /// The line below the text.
    var label: String { (hasFailed ? "not found: " : "search: ") + pattern }

    /// Makes the pattern longer.
    ///
    /// - Returns: whether an entry was found.
    mutating func append(_ text: String) -> Bool {
        pattern += text
        return search(.older, from: position ?? entries.count - 1)
    }

    /// Removes the pattern's last character, and searches again from the newest entry.
    ///
    /// - Returns: false when the pattern is empty.
    mutating func removeLast() -> Bool {
        guard !pattern.isEmpty else { return false }
        pattern.removeLast()
        position = nil
        hasFailed = false
        if !pattern.isEmpty { _ = search(.older, from: entries.count - 1) }
        return true
    }

    /// Searches for another entry.
    ///
    /// - Parameters:
    ///   - direction: the direction.
    ///   - former: the pattern of the last search, for when there is none yet.
    /// - Returns: whether an entry was found.
    mutating func again(_ direction: Direction, former: String) -> Bool {
        if pattern.isEmpty {
            pattern = former
            return !pattern.isEmpty && search(direction, from: entries.count - 1)
        }
        guard let position else { return search(direction, from: entries.count - 1) }
        return search(direction, from: direction == .older ? position - 1 : position + 1, otherThan: entries[position])
    }

    private mutating func search(_ direction: Direction, from start: Int, otherThan present: String? = nil) -> Bool {
        let indices =
            direction == .older ? Array((0..<max(0, start + 1)).reversed()) : Array(entries.indices.dropFirst(start))
        let hit = indices.first { entries[$0] != present && entries[$0].utf8.firstIndex(of: pattern.utf8) != nil }
        hasFailed = hit == nil
        if let hit { position = hit }
        return !hasFailed
    }
}

extension Collection where Element: Equatable {
    /// The first index of a pattern; nil if there is none or the pattern is empty.
    func firstIndex(of pattern: some Collection<Element>) -> Index? {
        guard let first = pattern.first else { return nil }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            if rest[start...].starts(with: pattern) { return start }
            rest = rest[start...].dropFirst()
        }
        return nil
    }
}
