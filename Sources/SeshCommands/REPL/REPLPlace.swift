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
    /// Whether answers are shown as they are, in every session of this run.
    var isRaw: Bool
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
        if existing != nil || desk.plan.target.isNamed { session = try await desk.enter(existing) }
    }

    /// The session, made now if it is new.
    mutating func made() async throws -> Session {
        if let session { return session }
        let (settings, title) = intended
        let made = try await desk.begin(title: title, settings: settings)
        changes = []
        session = made
        return made
    }

    /// Goes to another session.
    ///
    /// A session that is new is answered by whom the person has been talking to; another has a model of its own.
    mutating func go(to other: Session?) {
        if let other, other.id != session?.id, other.summary.model != nil {
            chosenModel = nil
        } else {
            chosenModel = chosenModel ?? session?.summary.model
        }
        session = other
        changes = []
        lastAnswer = nil
    }

    /// Takes in what the session has become.
    mutating func take(_ changed: Session) { session = changed }

    /// Reads the session again: a turn, or another process, has changed it.
    mutating func refresh() async throws {
        if let session { self.session = try await desk.manager.open(session.id) }
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
        var settings = desk.plan.settings
        var title: String?
        for change in changes {
            change.apply(to: &settings)
            if case .title(let text) = change { title = text }
        }
        return (settings, title)
    }
}
