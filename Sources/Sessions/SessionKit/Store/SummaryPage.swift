/// A part of the list of sessions.
public struct SummaryPage: Sendable {
    /// One line of the list.
    public enum Entry: Sendable {
        /// A session.
        case session(SessionSummary)
        /// Something that has a session's place but can't be read as one.
        case unreadable(SessionID, SessionError)

        /// The session's name.
        public var id: SessionID {
            switch self {
            case .session(let summary): summary.id
            case .unreadable(let id, _): id
            }
        }
    }

    /// The entries, last used first.
    public var entries: [Entry]
    /// How many there are in all.
    public var total: Int

    /// Makes a page.
    public init(entries: [Entry], total: Int) {
        self.entries = entries
        self.total = total
    }

    /// The sessions among the entries.
    public var sessions: [SessionSummary] {
        entries.compactMap { if case .session(let summary) = $0 { summary } else { nil } }
    }
}
