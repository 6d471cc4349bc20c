/// A search through the lines that were typed before, one character of the pattern after the other.
///
/// libedit has one that looks a character up by its low byte, so that 中 is Ctrl-N there (search.c, ce_inc_search), and
/// that draws below the text in the text's own place.
struct LineSearch {
    enum Direction { case older, newer }

    private let entries: [String]
    /// What is looked for.
    private(set) var pattern = ""
    /// The entry that was found; nil before the first.
    private(set) var position: Int?
    /// Whether there was no entry for the latest key.
    private(set) var hasFailed = false

    /// Begins with the newest of entries, which come oldest first.
    init(_ entries: [String]) { self.entries = entries }

    /// The text that was found; nil before the first.
    var found: String? { position.map { entries[$0] } }

    /// What is shown below the text.
    var label: String { (hasFailed ? "not found: " : "search: ") + pattern }

    /// Goes on with a longer pattern.
    ///
    /// - Returns: whether something was found.
    mutating func append(_ text: String) -> Bool {
        pattern += text
        return search(.older, from: position ?? entries.count - 1)
    }

    /// Takes the pattern's last character away, and begins anew with the rest.
    ///
    /// - Returns: false when there is none.
    mutating func removeLast() -> Bool {
        guard !pattern.isEmpty else { return false }
        pattern.removeLast()
        position = nil
        hasFailed = false
        if !pattern.isEmpty { _ = search(.older, from: entries.count - 1) }
        return true
    }

    /// Looks for another entry.
    ///
    /// - Parameters:
    ///   - direction: where to look.
    ///   - former: the pattern of the search before, which counts where there is none yet.
    /// - Returns: whether something was found.
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
    /// Where a pattern begins; nil if it is not there or empty.
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
