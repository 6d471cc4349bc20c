import SessionKit

/// One thing that `history` shows: a message, or a prompt without an answer at the place where it was asked.
enum HistoryEntry {
    case message(Message)
    case pending(PendingPrompt)

    /// Puts prompts without an answer after the turn that they followed.
    ///
    /// - Parameter transcript: messages and pending prompts of one moment. A prompt that followed a turn before the
    ///   first message shown is left out, one that came first of all is shown where the history is whole.
    static func all(of transcript: Transcript) -> [HistoryEntry] {
        let pending = Dictionary(grouping: transcript.session.pending, by: \.after)
        let isWhole = transcript.messages.count >= transcript.session.summary.messageCount
        var entries = isWhole ? pending[nil, default: []].map(HistoryEntry.pending) : []
        for turn in transcript.turns {
            entries += turn.messages.map(HistoryEntry.message)
            entries += pending[turn.id, default: []].map(HistoryEntry.pending)
        }
        if isWhole {
            // What followed a turn that has been undone since has no place any more; it is not to be lost from sight.
            let shown = Set(transcript.messages.map(\.turn))
            let homeless = transcript.session.pending.filter { prompt in
                prompt.after.map { !shown.contains($0) } ?? false
            }
            entries += homeless.map(HistoryEntry.pending)
        }
        return entries
    }
}
