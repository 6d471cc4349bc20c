import SessionJSON
import SessionKit
import Terminal

/// The commands of the REPL that show or hand out what was said.
struct ConversationCommands: Sendable {
    let desk: ChatDesk
    let console: REPLConsole

    /// Does `/history [N]`.
    func history(_ argument: String, in place: REPLPlace) async throws {
        let session = try place.required()
        let count = Int(argument)
        guard argument.isEmpty || (count ?? -1) >= 0 else {
            throw CommandError(.usage, "/history takes a number of messages, not '\(argument)'.")
        }
        let transcript = try await desk.manager.transcript(session.id, last: count)
        let pager = Pager(environment: desk.childEnvironment)
        guard !HistoryEntry.all(of: transcript).isEmpty else {
            return try console.say("Nothing has been said here yet.")
        }
        try await console.lendingTerminal {
            let rendering = HistoryRendering(transcript: transcript, format: .text, isRaw: place.isRaw)
            try await pager.show(rendering, on: desk.program.messages)
        }
    }

    /// Does `/copy [N|code]`.
    func copy(_ argument: String, in place: REPLPlace) async throws {
        let session = try place.required()
        guard let part = AnswerPart(argument) else {
            throw CommandError(
                .usage, "/copy takes a number, 1 for the last answer, or 'code' for the last code block.")
        }
        let transcript = try await desk.manager.transcript(session.id)
        let text = try part.text(of: transcript.messages)
        let clipboard = Clipboard(environment: desk.childEnvironment, screen: desk.program.messages)
        try console.say("Copied \(part.name(of: text)) \(try await clipboard.copy(text)).")
    }

    /// Does `/save FILE`.
    func save(_ argument: String, in place: REPLPlace) async throws {
        let session = try place.required()
        let path = desk.program.expandingHome(argument)
        let format = try TranscriptFormat(pathOf: path)
        let transcript = try await desk.manager.transcript(session.id)
        let file = PrivateFile(path: path)
        if try file.exists() {
            guard try await console.confirm("\(path) is there already. Overwrite it?") else { return }
        }
        try await file.write(TranscriptExport(transcript, as: format).text())
        try console.say("Saved \(transcript.messages.count) messages as \(path).")
    }

    /// Does `/usage`.
    func usage(in place: REPLPlace) async throws {
        let session = try place.required()
        let messages = try await desk.manager.history(session.id)
        try console.say(UsageReport(messages).text(lastAnswer: place.lastAnswer))
    }

    /// Does `/context`.
    func context(in place: REPLPlace) async throws {
        let session = try place.required()
        let standing = try await ContextStanding(of: session.id, in: desk.manager.store, for: place.model())
        try console.say(ContextDescription(standing).text)
    }
}
