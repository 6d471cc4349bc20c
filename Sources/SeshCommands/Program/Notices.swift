import SessionKit

/// Notices that more than one command gives.
enum Notices {
    /// Prompts without an answer are no part of a copy.
    static func unansweredLeftOut(_ count: Int) -> String {
        "\(count) unanswered prompt\(count == 1 ? " was" : "s were") left out."
    }

    /// A session was never finished, or is gone, and what its last write left behind went now.
    static func remainsDeleted(_ id: SessionID) -> String {
        "There was no session '\(id)'; what a write that was cut short had left of it is deleted."
    }

    /// The local model answers because there is no other; said once.
    static let localModel =
        "The small local model answers: good for trying things, not for knowing them. For a better one set "
        + "OPENAI_API_KEY or ANTHROPIC_API_KEY, or name one with -m, SESH_MODEL or \"model\" in the configuration: "
        + "ollama:NAME, or local:FILE.gguf. (Said once.)"

    /// The clock makes most sessions too old.
    static func implausibleAge(_ old: Int, of count: Int, seconds: Int64) -> String {
        "By this computer's clock \(old) of \(count) other session\(count == 1 ? " is" : "s are") older than \"sessionTTL\" "
            + "in the configuration, so none was removed for its age. If the clock is right: "
            + "sesh prune --older-than \(seconds)s"
    }

    /// Another program has put turns into the session of the REPL.
    static func addedElsewhere(_ count: Int) -> String {
        "\(turns(count)) added to this session elsewhere; /history shows the messages."
    }

    /// Another program has taken turns back.
    static func undoneElsewhere(_ count: Int) -> String { "\(turns(count)) taken back elsewhere." }

    /// Another program has asked again or changed what comes last.
    static let replacedElsewhere = "The last turn was replaced elsewhere; /history shows the messages."

    /// Another program has emptied the session, or taken every turn back.
    static let emptiedElsewhere = "This session was emptied elsewhere."

    /// Another program has given the session another name.
    static func renamedElsewhere(_ id: SessionID, _ other: SessionID) -> String {
        "'\(id)' was renamed elsewhere; the conversation goes on as '\(other)'."
    }

    /// Another program has deleted the session.
    static func deletedElsewhere(_ id: SessionID) -> String {
        "'\(id)' was deleted elsewhere; the next prompt begins a new session with the same settings."
    }

    /// Another program has deleted the session and made one of the same name.
    static func madeAnewElsewhere(_ id: SessionID) -> String {
        "'\(id)' was deleted elsewhere and made anew; the conversation goes on in the new one."
    }

    private static func turns(_ count: Int) -> String { count == 1 ? "1 turn was" : "\(count) turns were" }

    /// The request was cut to fit the model's window.
    static func leftOut(_ count: Int) -> String {
        "\(count) earlier turn\(count == 1 ? " is" : "s are") no longer sent; "
            + "\(count == 1 ? "it stays" : "they stay") in the session."
    }

    /// The service counted far fewer tokens than were sent: Ollama cuts to its own window in silence.
    static func cutInSilence(_ read: Int, of estimate: Int) -> String {
        "The service read \(read) tokens of about \(estimate), so it seems to have cut the beginning off. "
            + "A larger window helps (Ollama: OLLAMA_CONTEXT_LENGTH), or \"contextWindow\" in the configuration."
    }

    /// What pruning did.
    static func pruned(_ report: PruneReport, because reason: String) -> String {
        let names = report.removed.map(\.id.rawValue).joined(separator: ", ")
        let count = report.removed.count
        return "Removed \(count) session\(count == 1 ? "" : "s") (\(reason)): \(names)."
    }
}
