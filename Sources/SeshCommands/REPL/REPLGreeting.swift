import SessionKit
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the REPL says on entering a session: which it is, its age and model, what was said last and how much before.
struct REPLGreeting: Sendable {
    let desk: ChatDesk

    /// Shows it, unless notices are silenced.
    func show(_ place: REPLPlace) async throws {
        guard !desk.program.isQuiet else { return }
        let screen = desk.program.messages
        let model = try place.model().reference
        guard let session = place.session, session.summary.messageCount > 0 || !session.pending.isEmpty else {
            return try screen.writeWords("\(model) answers. /help shows the commands, Ctrl-D leaves.")
        }
        let summary = session.summary
        var heading = [
            summary.title ?? summary.id.rawValue, Self.count(summary.messageCount, "message"),
            "last used \(Age.ago(desk.program.now.timeIntervalSince(summary.updatedAt)))", model.description,
        ]
        if let origin = summary.forkedFrom { heading.insert("copied from \(origin.id)", at: 1) }
        try screen.writeWords(heading.joined(separator: " · "), .bold)
        let transcript = try await desk.manager.transcript(summary.id, last: 2)
        let earlier = summary.messageCount - transcript.messages.count
        if earlier > 0 {
            try screen.writeWords("… \(Self.count(earlier, "earlier message")); /history shows them", .dim)
        }
        try HistoryRendering(transcript: transcript, format: .text, isRaw: place.isRaw).write(to: screen)
        try screen.writeLine("")
        if let hint = Self.hint(transcript) { try screen.writeWords(hint, .dim) }
    }

    /// What can be done about a conversation that does not end with a whole answer.
    private static func hint(_ transcript: Transcript) -> String? {
        let last = transcript.messages.last
        if transcript.session.pending.contains(where: { $0.state == .abandoned && $0.after == last?.turn }) {
            return "The last prompt has no answer: /retry asks again, /discard drops it."
        }
        guard let last, last.status != .complete else { return nil }
        return "The last answer is not whole: /continue carries it on, /retry asks again."
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
