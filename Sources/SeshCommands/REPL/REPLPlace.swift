import ChatModels
import SessionKit

/// Where the conversation is: the session, and what was chosen for one that is still to be made.
struct REPLPlace: Sendable {
    let desk: ChatDesk
    /// The session; nil until the first prompt makes one, so that looking in and leaving leaves nothing behind.
    private(set) var session: Session?
    /// The model chosen by a flag or by `/model`, until it has answered or another session is entered.
    var chosenModel: ModelReference?
    /// What the session that is still to be made will ask for.
    private var changes: [SessionChange] = []
    /// The settings of a session that was deleted elsewhere, for the one that follows it.
    private var inherited: SessionSettings?
    /// The last turn of the session, as this REPL last knew it.
    private var lastTurn: TurnID?
    /// Turns that came from elsewhere while this REPL was in the session, and that it has not named.
    private var foreign: Set<TurnID> = []
    /// Whether answers are shown as they are, in every session of this run.
    var isRaw: Bool
    /// Whether what a model reasons is shown.
    var showsReasoning = true
    /// Whether a turn was asked since the last prompt.
    var hasAsked = false
    /// How long the last answer of this run took, and which it was.
    var lastAnswer: (turn: TurnID, duration: Duration)?

    init(desk: ChatDesk) {
        self.desk = desk
        chosenModel = desk.plan.model
        isRaw = desk.isRaw
    }

    /// What stands before the line that is typed.
    var label: String { isEphemeral ? "ephemeral" : session?.id.rawValue ?? "new" }

    /// Whether nothing is kept.
    var isEphemeral: Bool { desk.plan.target == .ephemeral }

    /// The session, which a command needs.
    ///
    /// - Throws: `CommandError` if there is none yet.
    func required() throws -> Session {
        guard let session else {
            throw CommandError(.usage, "This session is new: there is nothing in it yet. The first prompt makes it.")
        }
        return session
    }

    /// Checks that sessions of their own names make sense here.
    ///
    /// - Throws: `CommandError` in a chat that keeps nothing.
    func requireKeeping() throws {
        guard isEphemeral else { return }
        throw CommandError(
            .usage, "This chat is ephemeral: it keeps nothing and has no other sessions. /save writes it.")
    }

    /// The model that answers here.
    func model() throws -> any ChatModel { try desk.model(for: session, flag: chosenModel) }

    /// Opens the session that the command line asks for, if it names one.
    mutating func open() async throws {
        let existing = try await desk.existingSession()
        // A mistyped model is found before a session is made for it.
        _ = try desk.model(for: existing, flag: chosenModel)
        if existing != nil || desk.plan.target.isNamed {
            session = try await desk.enter(existing)
            await learnLastTurn()
        }
    }

    /// The session, made now if it is new.
    mutating func made() async throws -> Session {
        if let session { return session }
        let (settings, title) = intended
        let made = try await desk.begin(title: title, settings: settings)
        enter(made)
        return made
    }

    /// Goes to another session.
    ///
    /// A session that is new is answered by whom the person has been talking to; another has a model of its own.
    mutating func go(to other: Session?) async {
        if let other, other.id != session?.id, other.summary.model != nil {
            chosenModel = nil
        } else {
            chosenModel = chosenModel ?? session?.summary.model
        }
        enter(other)
        lastAnswer = nil
        await learnLastTurn()
    }

    private mutating func enter(_ other: Session?) {
        (session, changes, inherited, lastTurn, foreign) = (other, [], nil, nil, [])
    }

    /// Only to tell what others do later from what was there, so that no failure counts.
    private mutating func learnLastTurn() async {
        guard let session, session.summary.messageCount > 0 else { return }
        lastTurn = try? await desk.manager.transcript(session.id, last: 2).turns.last?.id
    }

    /// Takes in what the session has become.
    mutating func take(_ changed: Session) { session = changed }

    /// Reads the session again after a command has changed it.
    mutating func refresh() async throws {
        guard let session else { return }
        let transcript = try await desk.manager.transcript(session.id, last: 2)
        self.session = transcript.session
        lastTurn = transcript.turns.last?.id
    }

    /// Takes in what others have done to the session since this REPL last knew it.
    ///
    /// - Parameter own: a turn that this REPL has just added.
    /// - Returns: what to tell of it, if anything; what can't be read is told when it is needed.
    mutating func lookElsewhere(afterOwn own: TurnID? = nil) async -> String? {
        guard let known = session?.summary else { return nil }
        do {
            let current = try await desk.manager.open(known.id).summary
            guard current.revision != known.revision || current.createdAt != known.createdAt else { return nil }
            let added = (current.messageCount - known.messageCount) / 2
            let transcript = try await desk.manager.transcript(known.id, last: 2 * max(1, added))
            if current.createdAt != known.createdAt {
                enter(transcript.session)
                lastTurn = transcript.turns.last?.id
                return Notices.madeAnewElsewhere(known.id)
            }
            return takeIn(transcript, added: added, own: own)
        } catch let error as SessionError where error.code == .notFound {
            return await followElsewhere(known)
        } catch {
            return nil
        }
    }

    private mutating func takeIn(_ transcript: Transcript, added: Int, own: TurnID?) -> String? {
        let turns = transcript.turns.map(\.id)
        let new = turns.suffix(
            from: turns.lastIndex { $0 == lastTurn }.map { $0 + 1 } ?? max(0, turns.count - max(1, added)))
        let others = added < 0 ? [] : new.filter { $0 != own }
        foreign.formUnion(others)
        (session, lastTurn) = (transcript.session, turns.last)
        if transcript.session.summary.messageCount == 0, added < 0 { return Notices.emptiedElsewhere }
        if added < 0 { return Notices.undoneElsewhere(-added) }
        if added == 0, !others.isEmpty { return Notices.replacedElsewhere }
        return others.isEmpty ? nil : Notices.addedElsewhere(others.count)
    }

    /// Goes where a session is now that is no longer there under its name.
    private mutating func followElsewhere(_ known: SessionSummary) async -> String? {
        guard let settings = session?.settings, let page = try? await desk.manager.list() else { return nil }
        // A copy has a time of its own, and a name that was given anew is a write.
        let heirs = page.sessions.filter {
            $0.createdAt == known.createdAt && $0.forkedFrom == known.forkedFrom && $0.revision > known.revision
        }
        if heirs.count == 1, let moved = try? await desk.manager.use(heirs[0].id) {
            session = moved
            return Notices.renamedElsewhere(known.id, moved.id)
        }
        await go(to: nil)
        inherited = settings
        return Notices.deletedElsewhere(known.id)
    }

    /// Whether turns came from elsewhere that the person has not been told of one by one; asked once, they are known.
    mutating func areForeign(_ turns: [TurnID]) -> Bool {
        let own = foreign.isDisjoint(with: turns)
        foreign.subtract(turns)
        return !own
    }

    /// Changes what the session asks for, at once or when it is made.
    mutating func change(_ change: SessionChange) async throws {
        if let session {
            self.session = try await desk.manager.update(session.id, change)
        } else {
            changes.append(change)
        }
    }

    /// The session's settings and title, those that wait for its making included.
    var intended: (settings: SessionSettings, title: String?) {
        if let session { return (session.settings, session.summary.title) }
        var settings = inherited ?? desk.plan.settings
        var title: String?
        for change in changes {
            change.apply(to: &settings)
            if case .title(let text) = change { title = text }
        }
        return (settings, title)
    }
}
