import SessionKit
import Terminal

/// The commands of the REPL about turns: taking back, asking again, going on.
struct TurnCommands: Sendable {
    let desk: ChatDesk
    let console: REPLConsole
    let editor: ExternalEditor

    /// Does `/undo [N]`.
    func undo(_ argument: String, in place: inout REPLPlace) async throws {
        let session = try place.required()
        let count = try number(argument, for: .undo)
        let last = try await desk.manager.transcript(session.id, last: count > 1000 ? nil : 2 * count).turns
        guard try isKnown(last.suffix(count), in: &place, again: "takes it back") else { return }
        let turns = try await desk.manager.undo(count, in: session.id)
        try await place.refresh()
        guard turns.count == 1, let turn = turns.first else {
            let first = turns.last?.quotedPrompt ?? ""
            return try console.say(
                "Took \(turns.count) turns back, down to \(first). /redo \(turns.count) restores them.")
        }
        // Undoing a retry shortens nothing: the earlier answer stands in its place again.
        if place.session?.summary.messageCount == session.summary.messageCount {
            try console.say("Back to the earlier answer to \(turn.quotedPrompt). /redo restores the later one.")
        } else {
            try console.say("Took back \(turn.quotedPrompt) and its answer. /redo restores them.")
        }
    }

    /// Does `/redo [N]`.
    func redo(_ argument: String, in place: inout REPLPlace) async throws {
        let session = try place.required()
        let turns = try await desk.manager.redo(number(argument, for: .redo), in: session.id)
        try await place.refresh()
        guard turns.count == 1, let turn = turns.first else {
            return try console.say("Restored \(turns.count) turns, up to \(turns.last?.quotedPrompt ?? "").")
        }
        try console.say("Restored \(turn.quotedPrompt) and its answer.")
    }

    /// Whether the person knows of the turns that a command would replace; if not, says which is the last of them.
    private func isKnown(_ turns: some Sequence<Turn>, in place: inout REPLPlace, again: String) throws -> Bool {
        let turns = Array(turns)
        guard let last = turns.last, place.areForeign(turns.map(\.id)) else { return true }
        try console.say("The last turn, \(last.quotedPrompt), was added elsewhere. The same command again \(again).")
        return false
    }

    /// How many turns a command is about: one if it does not say.
    private func number(_ argument: String, for command: REPLCommand) throws -> Int {
        let count = argument.isEmpty ? 1 : Int(argument) ?? 0
        guard count >= 1 else {
            throw CommandError(.usage, "/\(command.rawValue) takes a number of turns, 1 or more, not '\(argument)'.")
        }
        return count
    }

    /// Does `/retry`: an unanswered prompt that came last is taken up, else the last one is asked again.
    func retry(in place: inout REPLPlace) async throws {
        let session = try place.required()
        let last = try await lastTurn(session.id)
        if let pending = unanswered(place, after: last?.id).last {
            return try await resume(pending, in: &place)
        }
        guard let last, let prompt = last.prompt else {
            throw SessionError(.nothingToDo, "There is no prompt to ask again yet.")
        }
        guard try isKnown([last], in: &place, again: "asks it again") else { return }
        try echo(prompt.content.text)
        try await ask(.again(prompt.content, replacing: last.id), in: &place)
    }

    /// Does `/continue`: an unanswered prompt that came last is taken up, an answer that was cut is asked to go on.
    func carryOn(in place: inout REPLPlace) async throws {
        let session = try place.required()
        let last = try await lastTurn(session.id)
        if let pending = unanswered(place, after: last?.id).last {
            return try await resume(pending, in: &place)
        }
        guard let answer = last?.answer, answer.status != .complete || answer.finishReason == .length else {
            throw SessionError(.nothingToDo, "The last answer is whole: there is nothing to carry on.")
        }
        let prompt = "Continue."
        try echo(prompt)
        try await ask(.prompt(Content(prompt)), in: &place)
    }

    /// Does `/discard`.
    func discard(in place: inout REPLPlace) async throws {
        let session = try place.required()
        let abandoned = place.session?.pending.filter { $0.state == .abandoned } ?? []
        guard !abandoned.isEmpty else { throw SessionError(.nothingToDo, "Nothing was left unanswered here.") }
        let words = abandoned.map { "“\(SessionSummary.preview(of: $0.content.text))”" }.joined(separator: ", ")
        guard try await console.confirm("Drop \(words)? It can't be undone.") else { return }
        for prompt in abandoned { try await desk.manager.withdraw(prompt.turn, in: session.id) }
        try await place.refresh()
        try console.say("Dropped \(abandoned.count == 1 ? "it" : "\(abandoned.count) prompts").")
    }

    /// Runs a turn with new words.
    func send(_ prompt: String, in place: inout REPLPlace) async throws {
        try await ask(.prompt(Content(prompt)), in: &place)
    }

    /// Does `/edit [TEXT]`: what the editor leaves is sent as a new prompt.
    func edit(_ argument: String, in place: inout REPLPlace) async throws {
        let text = argument.isEmpty ? try await lastPrompt(of: place) ?? "" : argument
        let edited = try await console.lendingModes { try await editor.editOnThread(text) }
        guard let edited, edited.hasVisibleWord else {
            return try console.say("Nothing was sent.")
        }
        if edited == text {
            guard try await console.ask("Nothing was changed. Send it all the same?") else {
                return try console.say("Nothing was sent.")
            }
        }
        console.reader.remember(edited)
        try echo(edited)
        try await send(edited, in: &place)
    }

    /// The words of the last prompt, answered or not.
    private func lastPrompt(of place: REPLPlace) async throws -> String? {
        guard let session = place.session else { return nil }
        let last = try await lastTurn(session.id)
        return unanswered(place, after: last?.id).last?.content.text ?? last?.prompt?.content.text
    }

    private func ask(_ question: REPLTurn.Question, in place: inout REPLPlace) async throws {
        try await REPLTurn(desk: desk, console: console, isRaw: place.isRaw, showsReasoning: place.showsReasoning)
            .run(question, in: &place)
    }

    private func resume(_ pending: PendingPrompt, in place: inout REPLPlace) async throws {
        try echo(pending.content.text)
        try await ask(.pending(pending.turn), in: &place)
    }

    /// Shows what is sent, since nobody typed it now.
    private func echo(_ prompt: String) throws {
        let screen = desk.program.messages
        try screen.writeComposed(screen.styled("> " + SessionSummary.preview(of: prompt), .dim) + "\n")
    }

    private func lastTurn(_ id: SessionID) async throws -> Turn? {
        // Two messages are a turn, as a rule; a later format may put others between.
        let two = try await desk.manager.transcript(id, last: 2).turns.last
        guard let two, two.prompt == nil else { return two }
        return try await desk.manager.transcript(id).turns.last
    }

    /// The prompts that were asked after the last turn and have no answer, oldest first.
    private func unanswered(_ place: REPLPlace, after last: TurnID?) -> [PendingPrompt] {
        (place.session?.pending ?? []).filter { prompt in
            guard prompt.state == .abandoned else { return false }
            // A retry that failed waits behind the turn before the one it is to replace.
            return prompt.after == last || prompt.replacing != nil && prompt.replacing == last
        }
    }
}
