/// The history of lines, and the position in it.
///
/// libedit's own functions keep only the first 1024 characters of the text that was being typed (hist.h, EL_BUFSIZ), so
/// they are not used.
struct LineHistory {
    /// The lines, oldest first.
    private(set) var entries: [String] = []
    private let limit: Int
    /// The index of the entry that is shown; the number of entries for the draft.
    private var position = 0
    private var draft = LineDraft()

    /// Makes an empty history.
    ///
    /// - Parameter limit: the most lines, at least 1.
    init(limit: Int) { self.limit = max(1, limit) }

    /// Replaces all lines.
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

    /// Goes to the end, with an empty draft.
    mutating func rewind() {
        position = entries.count
        draft = LineDraft()
    }

    /// The line before the one that is shown.
    ///
    /// - Parameter current: the text that is being edited; kept if it is the draft.
    /// - Returns: nil at the oldest.
    mutating func previous(leaving current: LineDraft) -> String? {
        guard position > 0 else { return nil }
        if position == entries.count { draft = current }
        position -= 1
        return entries[position]
    }

    /// Goes to an entry that was found.
    ///
    /// - Parameter current: the text that is being edited; kept if it is the draft.
    mutating func go(to index: Int, leaving current: LineDraft) {
        if position == entries.count { draft = current }
        position = index
    }

    /// The text after a recalled line.
    enum Next: Equatable {
        /// A later line.
        case entry(String)
        /// The draft.
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

/// A text that is being edited, as elements of libedit, and its origin.
struct LineDraft: Equatable {
    /// The elements, one for each grapheme cluster (see `ClusterTable`).
    var elements: [WideCharacter] = []
    /// Where the beginning came from.
    var origin = LineOrigin.typed
    /// The last pasted or recalled part at the end; empty if the end was typed.
    var insertedEnd: [WideCharacter] = []

    /// Whether the last character was typed.
    var isEndTyped: Bool { insertedEnd.isEmpty || !elements.suffix(insertedEnd.count).elementsEqual(insertedEnd) }
}

/// Where the beginning of a text came from.
enum LineOrigin: Equatable {
    /// From keys, one by one.
    case typed
    /// From the clipboard: it is never a command.
    case pasted
    /// From the history.
    case recalled
}
