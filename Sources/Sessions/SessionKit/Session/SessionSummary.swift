#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a list shows of a session; a store finds it without reading the messages.
public struct SessionSummary: Hashable, Sendable, Identifiable {
    /// The session's name.
    public var id: SessionID
    /// A name for people, free text.
    public var title: String?
    /// The first words of the first prompt.
    public var preview: String
    /// When the session was made.
    public var createdAt: Date
    /// When it was last changed (reading is not use); it never goes backwards.
    public var updatedAt: Date
    /// The model that answered last.
    public var model: ModelReference?
    /// How many messages the history has.
    public var messageCount: Int
    /// How many prompts wait for an answer or were left without one.
    public var pendingCount: Int
    /// How often the session was written.
    public var revision: Int
    /// Where it was copied from by `fork`.
    public var forkedFrom: ForkOrigin?
    /// What the store wants whoever uses the session to be told, such as that its file was copied by hand; as a rule nil.
    public var remark: String?

    /// Makes a summary.
    public init(
        id: SessionID, title: String? = nil, preview: String = "", createdAt: Date, updatedAt: Date,
        model: ModelReference? = nil, messageCount: Int = 0, pendingCount: Int = 0, revision: Int = 1,
        forkedFrom: ForkOrigin? = nil, remark: String? = nil
    ) {
        self.id = id
        self.title = title
        self.preview = preview
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.model = model
        self.messageCount = messageCount
        self.pendingCount = pendingCount
        self.revision = revision
        self.forkedFrom = forkedFrom
        self.remark = remark
    }

    /// Counts one write: the revision goes up, the time of last use never back, whatever the clock does.
    public mutating func countWrite(at now: Date) {
        revision = min(revision + 1, InteroperableInteger.largest)
        updatedAt = max(updatedAt, Timestamp.rounded(now))
    }

    /// When it was last used, and its name: what its place in a list depends on.
    public var listing: (usedAt: Date, id: SessionID) { (updatedAt, id) }

    /// The order of a list: last used first; those used in the same millisecond by id.
    public static func isListed(
        _ left: (usedAt: Date, id: SessionID), before right: (usedAt: Date, id: SessionID)
    ) -> Bool {
        left.usedAt != right.usedAt ? left.usedAt > right.usedAt : left.id < right.id
    }

    /// The preview of a session: of the first prompt in its history or, before there is one, of the first pending.
    public static func preview(history: some Sequence<Message>, pending: [PendingPrompt]) -> String {
        let first = history.first { $0.role == .user }?.content.text ?? pending.first?.content.text
        return first.map(preview(of:)) ?? ""
    }

    /// The first words of a prompt as a preview: one line, white space folded, at most 120 characters.
    public static func preview(of prompt: String) -> String {
        // A prompt can have megabytes; 2,000 scalars are plenty for 120 characters.
        let start = prompt.unicodeScalars.drop { $0.properties.isWhitespace }.prefix(2000)
        let words = String(String.UnicodeScalarView(start)).split(whereSeparator: \.isWhitespace)
        var line = ""
        for word in words {
            if !line.isEmpty { line += " " }
            line += word
            if line.count > 120 { break }
        }
        return line.count > 120 ? line.prefix(119) + "…" : line
    }
}

/// Where a fork came from.
public struct ForkOrigin: Hashable, Sendable {
    /// The session it was copied from, under the name it had then.
    public var id: String
    /// The last turn that was copied; nil if there was none.
    public var turn: TurnID?

    /// Makes an origin.
    public init(id: String, turn: TurnID?) {
        self.id = id
        self.turn = turn
    }
}
