/// A command that is killed at a random moment, and what it may leave behind.
enum KilledCommand: Sendable {
    /// Turns, one prompt each.
    case chat(String, prompts: [String])
    case reset(String)
    case delete(String)
    case undo(String)
    case redo(String)
    case rename(String, to: String)
    case fork(String, as: String)

    /// The kind, by which run times are kept.
    var name: String {
        switch self {
        case .chat: "chat"
        case .reset: "reset"
        case .delete: "delete"
        case .undo: "undo"
        case .redo: "redo"
        case .rename: "rename"
        case .fork: "fork"
        }
    }

    /// The command line.
    var arguments: [String] {
        switch self {
        case .chat(let id, _): ["chat", "-s", id, "--lines", "-q"]
        case .reset(let id), .delete(let id), .undo(let id), .redo(let id): [name, id]
        case .rename(let id, let other), .fork(let id, let other): [name, id, other]
        }
    }

    /// What it finds on standard input.
    var input: String {
        if case .chat(_, let prompts) = self { prompts.map { $0 + "\n" }.joined() } else { "" }
    }

    /// What it says once its change is durable.
    private var acknowledgement: String {
        switch self {
        case .chat: "\n"
        case .reset: "Emptied"
        case .delete: "Deleted"
        case .undo: "Took back"
        case .redo: "Restored"
        case .rename: "is now"
        case .fork(_, let other): other + "\n"
        }
    }

    /// How many changes it has acknowledged: for a chat, line breaks on standard output.
    func acknowledged(output: String, errors: String) -> Int {
        switch self {
        case .chat: output.utf8.count { $0 == UInt8(ascii: "\n") }
        case .fork: output.contains(acknowledgement) ? 1 : 0
        default: errors.contains(acknowledgement) ? 1 : 0
        }
    }

    /// What may be there after it was killed.
    ///
    /// - Parameters:
    ///   - before: the sessions there were, by id.
    ///   - acknowledged: how many changes it has acknowledged.
    ///   - output: what it has written to standard output: words of an answer show that their prompt was sent.
    /// - Returns: every set of sessions that keeps the promises.
    func outcomes(
        from before: [String: StoredState], acknowledged: Int, output: String
    ) -> [[String: StoredState]] {
        func either(_ after: [String: StoredState]) -> [[String: StoredState]] {
            acknowledged > 0 ? [after] : [before, after]
        }
        var after = before
        switch self {
        case .chat(let id, let prompts):
            return chatOutcomes(id, prompts, from: before, acknowledged: acknowledged, output: output)
        case .reset(let id): after[id] = StoredState()
        case .delete(let id): after[id] = nil
        case .undo(let id):
            guard let state = before[id], !state.messages.isEmpty else { break }
            after[id]?.undone.append(state.messages.suffix(2))
            after[id]?.messages.removeLast(2)
        case .redo(let id):
            if let last = after[id]?.undone.popLast() { after[id]?.messages += last }
        case .rename(let id, let other):
            after[id] = nil
            after[other] = before[id]
        case .fork(let id, let other):
            after[other] = before[id]
            after[other]?.pending = []
            after[other]?.undone = []
        }
        return either(after)
    }

    /// The turns in order, at least those acknowledged, then at most one prompt that waits for its answer.
    private func chatOutcomes(
        _ id: String, _ prompts: [String], from before: [String: StoredState], acknowledged: Int, output: String
    ) -> [[String: StoredState]] {
        var outcomes: [[String: StoredState]] = []
        let begun = output.isEmpty ? 0 : acknowledged + (output.hasSuffix("\n") ? 0 : 1)
        if acknowledged == 0, begun == 0 { outcomes.append(before) }
        var state = before[id] ?? StoredState()
        for (place, prompt) in prompts.enumerated() {
            if place >= acknowledged {
                // Not answered yet: not even saved, unless something of its answer was to be seen; or pending.
                if place >= begun { outcomes.append(before.merging([id: state]) { $1 }) }
                var waiting = state
                waiting.pending.append(prompt)
                outcomes.append(before.merging([id: waiting]) { $1 })
            }
            for role in ["user", "assistant"] { state.messages.append(.init(turn: "", role: role, content: prompt)) }
        }
        outcomes.append(before.merging([id: state]) { $1 })
        return outcomes
    }
}
