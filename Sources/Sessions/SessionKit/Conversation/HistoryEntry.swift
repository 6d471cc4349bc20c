/// One thing that `history` shows: a message, or a prompt without an answer at the place where it was asked.
public enum HistoryEntry: Hashable, Sendable {
    /// A message of the history.
    case message(Message)
    /// A prompt that has no answer.
    case pending(PendingPrompt)

    /// What is said.
    public var content: Content {
        switch self {
        case .message(let message): message.content
        case .pending(let prompt): prompt.content
        }
    }

    /// Who speaks, and what is to be known of it: `assistant (local, interrupted)`.
    public var heading: String {
        switch self {
        case .message(let message):
            var marks = [message.model?.description].compactMap { $0 }
            if message.status != .complete { marks.append(message.status.rawValue) }
            if message.finishReason == .length { marks.append("cut at the length limit") }
            return message.role.rawValue + (marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))")
        case .pending(let prompt):
            return "\(Role.user.rawValue) (\(prompt.state == .live ? "waiting for an answer" : "unanswered"))"
        }
    }

    /// Whether it begins a turn.
    public func isPrompt(of turn: TurnID) -> Bool {
        if case .message(let message) = self { message.role == .user && message.turn == turn } else { false }
    }

    /// Whether it is not whole: an answer that was cut, a prompt without one.
    public var isAmiss: Bool {
        switch self {
        case .message(let message): message.status != .complete
        case .pending: true
        }
    }

    /// Puts prompts without an answer after the turn that they followed.
    ///
    /// - Parameter transcript: messages and pending prompts of one moment. A prompt that followed a turn before the
    ///   first message shown is left out, one that came first of all is shown where the history is whole.
    public static func all(of transcript: Transcript) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        forEach(of: transcript) { entries.append($0) }
        return entries
    }

    /// Hands over what `all(of:)` gives, one after another: a list of millions of messages would need as much memory
    /// again.
    public static func forEach(of transcript: Transcript, _ body: (HistoryEntry) throws -> Void) rethrows {
        let pending = Dictionary(grouping: transcript.session.pending, by: \.after)
        let isWhole = transcript.messages.count >= transcript.session.summary.messageCount
        if isWhole { try pending[nil, default: []].forEach { try body(.pending($0)) } }
        // What followed a turn that has been undone since has no place any more; it is not to be lost from sight.
        var homeless = Set(pending.keys.compactMap(\.self))
        for (place, message) in transcript.messages.enumerated() {
            try body(.message(message))
            let isLast = place + 1 == transcript.messages.count || transcript.messages[place + 1].turn != message.turn
            guard isLast, homeless.remove(message.turn) != nil else { continue }
            try pending[message.turn, default: []].forEach { try body(.pending($0)) }
        }
        guard isWhole else { return }
        for prompt in transcript.session.pending where prompt.after.map({ homeless.contains($0) }) ?? false {
            try body(.pending(prompt))
        }
    }
}
