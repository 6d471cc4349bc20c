/// The lines that can be called back, and which of them is shown.
///
/// libedit's own walk through its history keeps only the first 1024 characters of what was being typed (hist.h,
/// EL_BUFSIZ), so it is not used for that.
struct LineHistory {
    /// The lines, oldest first.
    private(set) var entries: [String] = []
    private let limit: Int
    /// The entry that is shown; the number of entries where it is the draft.
    private var position = 0
    private var draft = LineDraft()

    /// Makes an empty history.
    ///
    /// - Parameter limit: the greatest number of lines, at least 1.
    init(limit: Int) { self.limit = max(1, limit) }

    /// Puts other lines in the place of all.
    mutating func replace(with entries: [String]) {
        self.entries = entries.suffix(limit)
        rewind()
    }

    /// Adds a line, unless it is the last one already.
    ///
    /// - Returns: whether it was added.
    mutating func add(_ entry: String) -> Bool {
        defer { rewind() }
        if let last = entries.last, HistoryFile.isSame(last, entry) { return false }
        entries.append(entry)
        if entries.count > limit { entries.removeFirst(entries.count - limit) }
        return true
    }

    /// Begins at the end again, with an empty draft.
    mutating func rewind() {
        position = entries.count
        draft = LineDraft()
    }

    /// The line before the one that is shown.
    ///
    /// - Parameter current: what is being edited; kept whole if it is the draft.
    /// - Returns: nil at the oldest.
    mutating func previous(leaving current: LineDraft) -> String? {
        guard position > 0 else { return nil }
        if position == entries.count { draft = current }
        position -= 1
        return entries[position]
    }

    /// Goes to an entry that was found.
    ///
    /// - Parameter current: what was being edited; kept whole if it is the draft.
    mutating func go(to index: Int, leaving current: LineDraft) {
        if position == entries.count { draft = current }
        position = index
    }

    /// What comes after a line that was called back.
    enum Next: Equatable {
        /// A later line.
        case entry(String)
        /// What was being typed.
        case draft(LineDraft)
    }

    /// The line after the one that is shown.
    ///
    /// - Returns: nil at the draft.
    mutating func next() -> Next? {
        guard position < entries.count else { return nil }
        position += 1
        return position == entries.count ? .draft(draft) : .entry(entries[position])
    }
}

/// A text that is edited, as libedit holds it, and where it came from.
struct LineDraft: Equatable {
    /// The elements, of which each stands for a cluster (see `ClusterTable`).
    var elements: [WideCharacter] = []
    /// Where the beginning came from.
    var origin = LineOrigin.typed
    /// What was pasted or recalled last at the end; nothing if it was typed.
    var insertedEnd: [WideCharacter] = []

    /// Whether the last character was typed.
    var isEndTyped: Bool { insertedEnd.isEmpty || !elements.suffix(insertedEnd.count).elementsEqual(insertedEnd) }
}

/// Where the beginning of the text that is edited came from.
enum LineOrigin: Equatable {
    /// From keys, one by one.
    case typed
    /// From the clipboard: it is never a command.
    case pasted
    /// From the history.
    case recalled
}
