#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One thing that was said: its role, its words, and what is known about how they came to be.
public struct Message: Hashable, Sendable {
    /// The turn it belongs to.
    public var turn: TurnID
    /// Who said it.
    public var role: Role
    /// The words, exactly as typed or as they arrived.
    public var content: Content
    /// When the prompt was sent or the answer ended, to the millisecond; nil where a file edited by hand does not say.
    public var createdAt: Date?
    /// Which model answered; nil for a prompt.
    public var model: ModelReference?
    /// Whether it is whole.
    public var status: MessageStatus
    /// Why the model stopped, as the service said.
    public var finishReason: FinishReason?
    /// What the answer cost, as the service said.
    public var usage: TokenUsage?
    /// On an answer: what the model reasoned before it.
    public var reasoning: String?
    /// On an answer: what the model was sent of the history, where that was not all.
    public var context: MessageContext?
    /// On a prompt: the session's settings from this turn on, where they differ from those of the turn before.
    public var settings: SessionSettings?

    /// Makes a message.
    public init(
        turn: TurnID, role: Role, content: Content, createdAt: Date? = nil, model: ModelReference? = nil,
        status: MessageStatus = .complete, finishReason: FinishReason? = nil, usage: TokenUsage? = nil,
        reasoning: String? = nil, context: MessageContext? = nil,
        settings: SessionSettings? = nil
    ) {
        self.turn = turn
        self.role = role
        self.content = content
        self.createdAt = createdAt
        self.model = model
        self.status = status
        self.finishReason = finishReason
        self.usage = usage
        self.reasoning = reasoning
        self.context = context
        self.settings = settings
    }
}

/// What a model was sent of a session's history.
public struct MessageContext: Hashable, Sendable {
    /// The first turn that went along; those before it did not.
    public var from: TurnID?

    /// Makes a record.
    public init(from: TurnID? = nil) { self.from = from }
}

/// Whether an answer is whole.
public enum MessageStatus: String, Sendable {
    /// The model said all it wanted to say.
    case complete
    /// The person, or a signal, stopped it; what had arrived is kept.
    case interrupted
    /// The service broke off; what had arrived is kept.
    case incomplete
}

/// Why a model stopped, in the words of the OpenAI Chat Completions API; services may use others.
public struct FinishReason: RawRepresentable, Hashable, Sendable {
    /// The reason as the service named it.
    public let rawValue: String
    /// Takes a reason as the service named it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The model was done.
    public static let stop = FinishReason(rawValue: "stop")
    /// The limit on tokens, the session's or the model's own, ended the answer.
    public static let length = FinishReason(rawValue: "length")
    /// The service withheld the rest.
    public static let contentFilter = FinishReason(rawValue: "content_filter")
}
