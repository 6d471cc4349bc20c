#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A prompt that was saved and sent but has no answer yet.
///
/// It is never part of what a model is sent.
public struct PendingPrompt: Hashable, Sendable {
    /// Whether somebody waits for the answer.
    public enum State: Hashable, Sendable {
        /// A process waits for it now.
        case live
        /// Nobody does: the answer failed, or the process is gone.
        case abandoned
    }

    /// The turn it will become.
    public var turn: TurnID
    /// The last turn that its context contained; nil if it was the first prompt.
    public var after: TurnID?
    /// The turn whose place it takes when it is answered: a retry.
    public var replacing: TurnID?
    /// When it was sent.
    public var createdAt: Date?
    /// The model it was sent to.
    public var model: ModelReference?
    /// The words.
    public var content: Content
    /// The session's settings from this turn on, where they differ from those of the turn before.
    public var settings: SessionSettings?
    /// What had arrived of the answer when it was last kept.
    public var partial: PartialAnswer?
    /// Whether somebody waits for the answer.
    public var state: State

    /// Makes a pending prompt.
    public init(
        turn: TurnID, after: TurnID?, replacing: TurnID? = nil, createdAt: Date? = nil, model: ModelReference? = nil,
        content: Content, settings: SessionSettings? = nil, partial: PartialAnswer? = nil, state: State
    ) {
        self.turn = turn
        self.after = after
        self.replacing = replacing
        self.createdAt = createdAt
        self.model = model
        self.content = content
        self.settings = settings
        self.partial = partial
        self.state = state
    }
}

/// What had arrived of an answer while its turn was live.
public struct PartialAnswer: Hashable, Sendable {
    /// The words, at least one of them visible.
    public var content: Content
    /// What the model reasoned before them.
    public var reasoning: String?

    /// Makes a partial answer.
    public init(_ content: Content, reasoning: String? = nil) {
        self.content = content
        self.reasoning = reasoning
    }
}
