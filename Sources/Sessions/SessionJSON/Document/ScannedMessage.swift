#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import SessionKit

/// A message as it was found in a document, perhaps without a turn.
package struct ScannedMessage {
    /// Where it stands.
    var range = 0..<0
    package var turn: TurnID?
    var role = Role.user
    /// The words, if they were asked for.
    var content: Content = ""
    var createdAt: Date?
    var model: ModelReference?
    var status = MessageStatus.complete
    var finishReason: FinishReason?
    var usage: TokenUsage?
    var reasoning: String?
    var context: MessageContext?
    var settings: SessionSettings?

    /// The message as part of a turn.
    func message(in turn: TurnID) -> Message {
        Message(
            turn: turn, role: role, content: content, createdAt: createdAt, model: model, status: status,
            finishReason: finishReason, usage: usage, reasoning: reasoning, context: context, settings: settings)
    }
}
