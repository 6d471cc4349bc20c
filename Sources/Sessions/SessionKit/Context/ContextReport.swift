/// What went along with a prompt, for people and for the record.
public struct ContextReport: Hashable, Sendable {
    /// How many turns of the history were sent.
    public let turnCount: Int
    /// How many earlier ones were not.
    public let leftOutCount: Int
    /// The first turn that was sent: the new one if none of the history was.
    public let first: TurnID
    /// Whether turns were left out here for the first time.
    public let isCut: Bool
    /// How many tokens the request took by estimate; nil if nobody counted.
    public let estimatedTokens: Int?
    /// The tokens that request and answer may have together; nil if that is not known.
    public let window: Int?
    /// The names of what was added.
    public let additions: [String]

    /// What the answer records: where the history began, if not at its beginning.
    var record: MessageContext? { leftOutCount > 0 ? MessageContext(from: first) : nil }
}

/// The messages of a request, and what they are made of.
public struct TurnContext: Sendable {
    /// The system message if there is one, the history, the prompt.
    public let messages: [ModelRequest.Message]
    /// What they are made of.
    public let report: ContextReport

    /// Puts a context together.
    ///
    /// An answer that was interrupted goes along like any other.
    ///
    /// - Parameters:
    ///   - turn: the turn that has begun.
    ///   - selection: what goes along of its history.
    ///   - additions: what else does.
    public init(of turn: OpenTurn, _ selection: ContextSelection, adding additions: [ContextAddition] = []) {
        func texts(_ position: ContextAddition.Position) -> [String] {
            additions.filter { $0.position == position }.map(\.text)
        }
        var messages: [ModelRequest.Message] = []
        messages.reserveCapacity(selection.messages.count + 2)
        let system = ([turn.settings.system ?? ""] + texts(.system)).filter { !$0.isEmpty }
        if !system.isEmpty {
            messages.append(.init(role: .system, content: Content(system.joined(separator: "\n\n"))))
        }
        for message in selection.messages {
            messages.append(.init(role: message.role, content: message.content))
        }
        var prompt = turn.prompt.content
        prompt.text = (texts(.prompt) + [prompt.text]).joined(separator: "\n\n")
        messages.append(.init(role: turn.prompt.role, content: prompt))
        self.messages = messages
        report = ContextReport(
            turnCount: Turn.grouping(selection.messages).count, leftOutCount: selection.leftOutCount,
            first: selection.first ?? turn.id, isCut: selection.isCut, estimatedTokens: selection.estimatedTokens,
            window: selection.window, additions: additions.map(\.name))
    }
}
