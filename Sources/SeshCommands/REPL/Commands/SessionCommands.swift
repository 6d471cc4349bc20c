import SessionKit
import TerminalText
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The commands of the REPL about whole sessions: which one it is, what it is called, whether it stays.
struct SessionCommands: Sendable {
    let desk: ChatDesk
    let console: REPLConsole

    /// Does `/new [ID]`: a session that is named is made now, another by its first prompt.
    func startNew(_ argument: String, in place: inout REPLPlace) async throws {
        guard !argument.isEmpty else {
            await place.go(to: nil)
            return try console.say("A new session begins with the next prompt.")
        }
        try place.requireKeeping()
        try await place.go(to: desk.begin(SessionID(argument), settings: desk.plan.settings))
    }

    /// Does `/session [ID]`: goes there, or tells about this one.
    func change(_ argument: String, in place: inout REPLPlace) async throws {
        guard !argument.isEmpty else { return try describe(place) }
        try place.requireKeeping()
        let id = try SessionID(argument)
        let session = try await UnknownSession.explained(id, desk.manager) { try await desk.manager.use(id) }
        await place.go(to: session)
        try await REPLGreeting(desk: desk).show(place)
    }

    private func describe(_ place: REPLPlace) throws {
        guard let session = place.session else {
            return try console.say(
                place.isEphemeral
                    ? "This chat is ephemeral: it keeps nothing."
                    : "This session is new; it gets its name with the first prompt.")
        }
        let summary = session.summary
        var lines = [place.isEphemeral ? "This chat is ephemeral: it keeps nothing." : "This is '\(session.id)'."]
        if let title = summary.title { lines.append("title     \(ScreenText.safeLine(title))") }
        lines.append("messages  \(summary.messageCount)")
        if summary.pendingCount > 0 { lines.append("unanswered prompts  \(summary.pendingCount)") }
        lines.append("begun     \(LocalTime.string(from: summary.createdAt))")
        lines.append("last used \(LocalTime.string(from: summary.updatedAt))")
        if let origin = summary.forkedFrom { lines.append("copied from '\(origin.id)'") }
        if !place.isEphemeral { lines.append("kept in   \(try Self.keeper(of: session.id, desk.program))") }
        try console.say(lines.joined(separator: "\n"))
    }

    /// What keeps a session: its file, or the database it is in.
    private static func keeper(of id: SessionID, _ program: Program) throws -> String {
        let address = try Stores(program).address()
        if case .directory(let path) = address { return "\(path)/\(id).json" }
        return address.shown
    }

    /// Does `/list`.
    func list() async throws {
        let page = try await desk.manager.list()
        guard !page.entries.isEmpty else { return try console.say("There are no sessions yet.") }
        try await console.lendingTerminal {
            try await Pager(environment: desk.childEnvironment).show(
                ListRendering(page: page, format: .text, now: desk.program.now), on: desk.program.messages)
        }
    }

    /// Does `/reset`.
    func reset(in place: inout REPLPlace) async throws {
        let session = try place.required()
        let name = place.isEphemeral ? "this chat" : "\(session.id)"
        guard try await console.confirm("Empty the history of \(name)? It can't be undone.") else { return }
        place.take(try await desk.manager.reset(session.id))
        try console.say("Emptied \(name).")
    }

    /// Does `/delete`: what follows is a new session.
    func delete(in place: inout REPLPlace) async throws {
        try place.requireKeeping()
        let session = try place.required()
        guard try await console.confirm("Delete \(session.id)? It can't be undone.") else { return }
        try await desk.manager.delete(session.id)
        await place.go(to: nil)
        try console.say("Deleted \(session.id). A new session begins with the next prompt.")
    }

    /// Does `/rename ID`.
    func rename(_ argument: String, in place: inout REPLPlace) async throws {
        try place.requireKeeping()
        let session = try place.required()
        do {
            let renamed = try await desk.manager.rename(session.id, to: SessionID(argument))
            place.take(renamed)
            try console.say("'\(session.id)' is now '\(renamed.id)'.")
        } catch {
            // The session may have its new name although that is not known to be durable.
            if let current = await desk.manager.current, current != session.id,
                let moved = try? await desk.manager.open(current)
            {
                place.take(moved)
            }
            throw error
        }
    }

    /// Does `/title [TEXT]`.
    func title(_ argument: String, in place: inout REPLPlace) async throws {
        guard !argument.isEmpty else {
            return try console.say(
                place.intended.title.map { "The title is: \(ScreenText.safeLine($0))" } ?? "This session has no title.")
        }
        try await place.change(.title(argument == "-" ? nil : argument))
        try console.say(
            place.intended.title.map { "The title is now: \(ScreenText.safeLine($0))" } ?? "The title is gone.")
    }

    /// Does `/fork [ID]`: the copy is where the conversation goes on.
    func fork(_ argument: String, in place: inout REPLPlace) async throws {
        try place.requireKeeping()
        let session = try place.required()
        let copy = try await desk.manager.fork(session.id, as: argument.isEmpty ? nil : SessionID(argument))
        let model = place.chosenModel
        try await place.go(to: desk.manager.use(copy.id))
        place.chosenModel = model
        let left = session.pending.isEmpty ? "" : " What was unanswered stays in '\(session.id)'."
        try console.say("'\(copy.id)' is a copy of '\(session.id)'; the conversation goes on there.\(left)")
    }
}
