/// What went along with a prompt, for people and for the record.
public struct ContextReport: Hashable, Sendable {
    /// How many turns of the history were sent.
    public let turnCount: Int
    /// How many earlier ones were not.
    public let leftOutCount: Int
    /// The first turn that was sent; nil if none was.
    public let first: TurnID?
    /// The names of what was added.
    public let additions: [String]

    /// Makes a report.
    public init(turnCount: Int, leftOutCount: Int, first: TurnID?, additions: [String]) {
        self.turnCount = turnCount
        self.leftOutCount = leftOutCount
        self.first = first
        self.additions = additions
    }
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
            first: selection.messages.first?.turn, additions: additions.map(\.name))
    }
}
