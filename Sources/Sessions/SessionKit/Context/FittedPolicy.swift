/// The policy that leaves out the oldest turns where the whole history would not fit into the model's window.
///
/// The budget is the window less room for the answer and 5 %. What is above it goes until 60 % of the budget is used, so
/// that the next cut is about ten turns away: a server with a prompt cache reads only what is new as long as the
/// beginning stays (a cut to "just enough" at every turn made it evaluate 4,671 tokens a turn in a simulation, this one
/// 447). Where the history begins is recorded on each answer, so that undo, fork and other processes agree.
public struct FittedPolicy: ContextPolicy {
    /// Makes the policy.
    public init() {}

    /// Chooses the turns that fit.
    ///
    /// - Throws: `SessionError` if the history can't be read; `ModelError` with `tooLong` if the prompt does not fit by
    ///   itself.
    public func selection(
        for turn: OpenTurn, to model: any ChatModel, from history: TurnHistory
    ) async throws -> ContextSelection {
        let own = TokenEstimate.of(turn.settings.system ?? "") + TokenEstimate.of(turn.prompt.content)
        // The last fifty turns: where a cut that still counts is recorded.
        var count = 100
        var part = try await history.part(last: count)
        let window = await model.contextWindow(forTokens: Int(own + TokenEstimate.of(part.messages)))
        let budget = window.map {
            ContextBudget(window: max(1, $0), reserve: turn.settings.maxTokens ?? model.answerLimit)
        }
        let recorded = FittedContext.recordedBeginnings(in: part.messages, for: model.reference)
        // Further back, until the beginning that was recorded is there, or more than would fit.
        while !part.isWhole {
            let hasBeginning = part.messages.contains { recorded.contains($0.turn) }
            if hasBeginning, budget == nil { break }
            if let budget, TokenEstimate.of(part.messages) > Double((hasBeginning ? 1 : 2) * budget.tokens) { break }
            count *= 4
            part = try await history.part(last: recorded.isEmpty && budget == nil ? nil : count)
        }
        return try FittedContext(of: turn, part, for: model.reference, within: budget).selection()
    }

    /// Chooses less after a service refused what was sent as too long.
    ///
    /// - Throws: `ModelError` with `tooLong` if the prompt does not fit by itself.
    public func selection(
        for turn: OpenTurn, to model: any ChatModel, after refusal: ContextRefusal
    ) async throws -> ContextSelection? {
        let sent = refusal.selection
        if let limit = refusal.limit { model.learn(contextWindow: limit) }
        guard !sent.messages.isEmpty else { return nil }
        let own = TokenEstimate.of(turn.settings.system ?? "") + TokenEstimate.of(turn.prompt.content)
        let estimate = own + TokenEstimate.of(sent.messages)
        let actual = refusal.promptTokens.map(Double.init) ?? estimate
        let scale = max(1, actual / max(1, estimate))
        // Half of what was refused is a guess; the next refusal halves again, until the prompt is alone.
        let guess = Int(max(actual / 2, 2 * own * scale, 1))
        let budget = ContextBudget(
            window: refusal.limit ?? guess, reserve: turn.settings.maxTokens ?? model.answerLimit)
        let part = HistoryPart(messages: sent.messages, countBefore: sent.leftOutCount)
        return try FittedContext(of: turn, part, for: model.reference, within: budget, scale: scale).cut(to: budget)
    }
}

extension ContextPolicy where Self == FittedPolicy {
    /// The oldest turns are left out where the whole history does not fit.
    public static var fitted: FittedPolicy { FittedPolicy() }
}

/// How many tokens of a window the request may have.
struct ContextBudget: Sendable {
    /// The window.
    let window: Int
    /// The window less room for the answer and 5 % for what an estimate is off by.
    let tokens: Int

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - window: tokens that request and answer share, 1 or more.
    ///   - reserve: the limit on the answer that is sent; nil if none is.
    init(window: Int, reserve: Int?) {
        self.window = window
        let room = min(reserve ?? min(window / 4, 4096), window / 2)
        tokens = max(1, window - room - window / 20)
    }
}
