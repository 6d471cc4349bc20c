/// The choice of what fits, over a part of the history that was read.
struct FittedContext {
    private let turn: OpenTurn
    private let part: HistoryPart
    private let model: ModelReference
    /// How much fits; nil if nobody knows.
    private let budget: ContextBudget?
    private let turns: [Turn]
    /// The estimate of each turn.
    private let sizes: [Double]
    /// The estimate of system prompt and prompt.
    private let own: Double
    /// By how much the model's tokenizer exceeds the estimate.
    private var scale = 1.0

    /// Makes a choice of turns.
    ///
    /// - Parameters:
    ///   - turn: the turn that has begun.
    ///   - part: the end of the history.
    ///   - model: who is to answer.
    ///   - budget: how much fits; nil if nobody knows: then the history begins where it did.
    ///   - scale: by how much the tokenizer exceeds the estimate; nil for what the last answer's usage says.
    init(
        of turn: OpenTurn, _ part: HistoryPart, for model: ModelReference, within budget: ContextBudget?,
        scale: Double? = nil
    ) {
        self.turn = turn
        self.part = part
        self.model = model
        self.budget = budget
        turns = part.turns
        sizes = turns.map { TokenEstimate.of($0.messages) }
        own = TokenEstimate.of(Content(turn.settings.system ?? "")) + TokenEstimate.of(turn.prompt.content)
        self.scale = scale ?? measuredScale ?? 1
    }

    /// The turns from which the history was sent to a model, as its answers in the last fifty turns say.
    static func recordedBeginnings(in messages: [Message], for model: ModelReference) -> Set<TurnID> {
        Set(messages.suffix(100).compactMap { $0.model == model ? $0.context?.from : nil })
    }

    /// The choice.
    ///
    /// - Throws: `ModelError` with `tooLong` if the prompt does not fit by itself.
    func selection() throws(ModelError) -> ContextSelection {
        let recorded = Self.recordedBeginnings(in: part.messages, for: model)
        // The furthest: each cut went on from the one before. A turn that is gone counts as none.
        let beginning = turns.lastIndex { recorded.contains($0.id) }
        var first = beginning ?? 0
        guard let budget else { return selection(from: first, isCut: false) }
        if part.isWhole, tokens(from: 0) <= Double(budget.tokens) / 2 { first = 0 }
        let isKnown = part.isWhole || beginning != nil
        if isKnown, tokens(from: first) <= Double(budget.tokens) { return selection(from: first, isCut: false) }
        return try cut(to: budget, from: first)
    }

    /// The choice of so much that 60 % of the budget is used.
    ///
    /// - Parameters:
    ///   - budget: how much fits.
    ///   - start: the turn with which the request begins now.
    /// - Throws: `ModelError` with `tooLong` if the prompt does not fit by itself.
    func cut(to budget: ContextBudget, from start: Int = 0) throws(ModelError) -> ContextSelection {
        guard own * scale <= Double(budget.tokens) else {
            throw ModelError(
                .tooLong,
                "The prompt has about \(Int(own * scale)) tokens with the system prompt, and \(model) has room for "
                    + "\(budget.tokens) beside its answer: shorten it, or choose a model with a larger window.",
                promptTokens: Int(own * scale), limit: budget.window)
        }
        var first = start
        while first < turns.count, tokens(from: first) > 0.6 * Double(budget.tokens) { first += 1 }
        return selection(from: first, isCut: true)
    }

    /// The tokens of a request that begins with a turn: what the model itself counted at its last answer from there, and
    /// the estimate of what is new since.
    private func tokens(from first: Int) -> Double {
        let from = first == 0 && part.isWhole ? nil : turns[first...].first?.id
        let counted = turns[first...].lastIndex { usage(of: $0, from: from) != nil }
        guard let counted, let usage = usage(of: turns[counted], from: from), let answer = turns[counted].answer else {
            return scale * (own + sizes[first...].reduce(0, +))
        }
        let new = sizes[(counted + 1)...].reduce(0, +) + TokenEstimate.of(turn.prompt.content)
        return Double(usage) + TokenEstimate.ofAnswer(answer) + scale * new
    }

    /// The tokens that the model counted for a turn, if it was sent the history from there.
    private func usage(of turn: Turn, from first: TurnID?) -> Int? {
        guard let answer = turn.answer, answer.model == model, answer.context?.from == first else { return nil }
        return answer.usage?.inputTokens
    }

    /// What the last answer's usage says about the estimate of what was sent for it.
    private var measuredScale: Double? {
        for index in turns.indices.reversed() {
            guard let answer = turns[index].answer, answer.model == model, let input = answer.usage?.inputTokens,
                let prompt = turns[index].prompt
            else { continue }
            let first =
                answer.context?.from.map { from in turns.firstIndex { $0.id == from } } ?? (part.isWhole ? 0 : nil)
            guard let first, first <= index else { return nil }
            let system = TokenEstimate.of(Content(turn.settings.system ?? ""))
            let sent = system + sizes[first..<index].reduce(0, +) + TokenEstimate.of(prompt.content)
            // What reads little of a short request says little about a long one.
            return sent < 200 ? nil : min(2, max(0.5, Double(input) / sent))
        }
        return nil
    }

    private func selection(from first: Int, isCut: Bool) -> ContextSelection {
        let kept = turns[first...].flatMap(\.messages)
        let leftOut = first + part.countBefore
        return ContextSelection(
            kept, leftOutCount: leftOut, first: kept.first?.turn ?? turn.id, isCut: isCut && leftOut > 0,
            estimatedTokens: Int(tokens(from: first).rounded()), window: budget?.window)
    }
}
