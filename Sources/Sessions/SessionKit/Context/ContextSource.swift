/// What adds texts to the context of a turn that are no part of its history: notes, memories, documents.
public protocol ContextSource: Sendable {
    /// The texts that matter for a turn.
    ///
    /// - Parameters:
    ///   - turn: the turn that has begun.
    ///   - history: reads what stood in the history when the turn began.
    /// - Returns: the texts in the order in which they are to stand; none is the usual answer.
    func additions(to turn: OpenTurn, from history: TurnHistory) async throws -> [ContextAddition]
}

/// A text that goes along with a prompt without being part of the history.
public struct ContextAddition: Hashable, Sendable {
    /// Where it stands.
    public enum Position: Hashable, Sendable {
        /// In the system message, behind the session's own. What changes here makes a server read everything anew that
        /// its prompt cache knew.
        case system
        /// Before the words of the prompt, at the end of what is sent.
        case prompt
    }

    /// What the report calls it.
    public var name: String
    /// The words.
    public var text: String
    /// Where it stands.
    public var position: Position

    /// Makes an addition.
    public init(_ text: String, named name: String, in position: Position) {
        self.text = text
        self.name = name
        self.position = position
    }
}
