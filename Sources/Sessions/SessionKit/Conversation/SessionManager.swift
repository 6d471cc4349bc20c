#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What every command drives, and every program that embeds sessions: all that can be done to them, over any store.
///
/// Every method throws `SessionError`.
public actor SessionManager {
    /// The session that a long-lived process is in; nil until `use(_:)` or `startNew()`.
    public private(set) var current: SessionID?

    /// What keeps the sessions.
    public nonisolated let store: any SessionStore

    private let now: @Sendable () -> Date

    /// Makes a manager.
    ///
    /// - Parameters:
    ///   - store: what keeps the sessions.
    ///   - now: the clock by which ids are made and ages counted.
    public init(store: any SessionStore, now: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.now = now
    }

    // MARK: Making and finding

    /// Makes a session.
    ///
    /// - Parameters:
    ///   - id: its name; nil for a generated one.
    ///   - title: a name for people.
    ///   - settings: what it asks of a model.
    /// - Returns: the new session.
    public func create(
        _ id: SessionID? = nil, title: String? = nil, settings: SessionSettings = SessionSettings()
    ) async throws -> Session {
        try await make(id) { try await store.create($0, title: title, settings: settings) }
    }

    /// Makes a session that begins with a history.
    ///
    /// - Parameters:
    ///   - id: its name; nil for a generated one.
    ///   - title: a name for people.
    ///   - settings: what it asks of a model.
    ///   - model: the model it goes on with; nil for the default.
    ///   - turns: the history, oldest first.
    /// - Returns: the new session.
    /// - Throws: `SessionError`, `malformed` if the turns can't be a history.
    public func create(
        _ id: SessionID? = nil, title: String? = nil, settings: SessionSettings = SessionSettings(),
        model: ModelReference? = nil, turns: [Turn]
    ) async throws -> Session {
        try await make(id) {
            try await store.create($0, title: title, settings: settings, model: model, turns: turns)
        }
    }

    private func make(_ id: SessionID?, _ body: (SessionID) async throws -> Session) async throws -> Session {
        if let id { return try await body(id) }
        // 810,000 ids a minute: eight taken ones in a row mean something other than chance.
        for _ in 0..<8 {
            do {
                return try await body(.generate(at: now()))
            } catch let error as SessionError where error.code == .alreadyExists {
                continue
            }
        }
        throw SessionError(.alreadyExists, "No free session id was found.")
    }

    /// Opens a session that exists.
    public func open(_ id: SessionID) async throws -> Session { try await store.read(id, .last(0)).session }

    /// Opens a session, making it if it is missing.
    ///
    /// - Returns: the session, and whether it was made.
    public func openOrCreate(
        _ id: SessionID, settings: SessionSettings = SessionSettings()
    ) async throws -> (session: Session, isNew: Bool) {
        do {
            return (try await open(id), false)
        } catch let error as SessionError where error.code == .notFound {
            do {
                return (try await create(id, settings: settings), true)
            } catch let error as SessionError where error.code == .alreadyExists {
                return (try await open(id), false)  // Another process was quicker.
            }
        }
    }

    /// Goes on with a session if it was used lately; else the old one gets a name with the time of its last use, and the
    /// session begins anew.
    ///
    /// - Parameters:
    ///   - id: the session; it is made if it is missing.
    ///   - age: within which it has to have been used.
    public func resume(_ id: SessionID, within age: Duration) async throws -> ResumedSession {
        try await store.resume(id, usedSince: now().addingTimeInterval(-(age / .seconds(1))))
    }

    /// Whether there is such a session; one that can't be read is there too.
    public func exists(_ id: SessionID) async throws -> Bool {
        do {
            _ = try await open(id)
            return true
        } catch let error as SessionError {
            switch error.code {
            case .notFound: return false
            case .malformed, .newerFormat, .unreadable: return true
            default: throw error
            }
        }
    }

    /// Lists sessions, last used first.
    ///
    /// - Parameters:
    ///   - offset: how many to pass over.
    ///   - limit: how many at most; nil for all.
    public func list(offset: Int = 0, limit: Int? = nil) async throws -> SummaryPage {
        try await store.summaries(offset: offset, limit: limit)
    }

    /// The session that was used last; nil if there is none.
    public func lastUsed() async throws -> SessionSummary? { try await list().sessions.first }

    /// The messages of a session, oldest first.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - count: how many of the last ones; nil for all.
    public func history(_ id: SessionID, last count: Int? = nil) async throws -> [Message] {
        try await transcript(id, last: count).messages
    }

    /// A session and its messages, read at one moment.
    public func transcript(_ id: SessionID, last count: Int? = nil) async throws -> Transcript {
        try await store.read(id, count.map(MessageRange.last) ?? .all)
    }

    /// Ids that a mistyped one may have meant, the nearest first.
    public func suggestions(for id: SessionID) async throws -> [SessionID] {
        let names = try await store.ids().map(\.rawValue)
        return NearNames.of(id.rawValue, among: names).compactMap { try? SessionID($0) }
    }

    // MARK: The current session

    /// Makes a session that was just read or made the current one, without reading it again.
    public func use(_ session: Session) { current = session.id }

    /// Makes a session the current one.
    ///
    /// - Returns: the session as it stands.
    @discardableResult
    public func use(_ id: SessionID) async throws -> Session {
        let session = try await open(id)
        current = id
        return session
    }

    /// Makes a new session and makes it the current one.
    @discardableResult
    public func startNew(
        _ id: SessionID? = nil, settings: SessionSettings = SessionSettings()
    ) async throws -> Session {
        let session = try await create(id, settings: settings)
        current = session.id
        return session
    }

    // MARK: Turns

    /// Joins a session and a model.
    ///
    /// - Parameters:
    ///   - id: the session; nil for the current one.
    ///   - model: who answers.
    public func conversation(in id: SessionID? = nil, with model: any ChatModel) throws -> Conversation {
        guard let id = id ?? current else {
            throw SessionError(.notFound, "No session is in use: name one, or call use(_:) or startNew() first.")
        }
        return Conversation(session: id, in: store, with: model)
    }

    /// Puts a whole turn at the end of a session's history.
    @discardableResult
    public func append(prompt: Content, answer: Answer, to id: SessionID) async throws -> Turn {
        guard prompt.isVisible else { throw SessionError(.emptyPrompt, "The prompt is empty.") }
        guard answer.content.isVisible else { throw SessionError(.emptyPrompt, "The answer is empty.") }
        let open = try await store.beginTurn(in: id, Prompt(prompt, model: answer.model))
        return try await Task { [store] in try await store.finishTurn(open, with: answer) }.value
    }

    /// Removes a prompt that was left without an answer.
    public func withdraw(_ turn: TurnID, in id: SessionID) async throws { try await store.withdrawTurn(turn, in: id) }

    /// Takes the last turns out of the history; `redo` puts them back.
    ///
    /// - Parameters:
    ///   - count: how many, 1 or more.
    ///   - id: the session.
    /// - Returns: the turns, the last of the history first.
    /// - Throws: `SessionError`, `nothingToDo` if there are fewer; then none is taken.
    @discardableResult
    public func undo(_ count: Int = 1, in id: SessionID) async throws -> [Turn] { try await store.undo(count, in: id) }

    /// Puts back the turns that were undone last.
    ///
    /// - Parameters:
    ///   - count: how many, 1 or more.
    ///   - id: the session.
    /// - Returns: the turns, oldest first.
    /// - Throws: `SessionError`, `nothingToDo` if there are fewer; then none is restored.
    @discardableResult
    public func redo(_ count: Int = 1, in id: SessionID) async throws -> [Turn] { try await store.redo(count, in: id) }

    // MARK: Whole sessions

    /// Changes what a session is called or asks for.
    @discardableResult
    public func update(
        _ id: SessionID, ifRevision revision: Int? = nil, _ changes: SessionChange...
    ) async throws -> Session {
        try await store.update(id, ifRevision: revision, changes)
    }

    /// Copies a session, up to a turn, under a new id.
    ///
    /// - Parameters:
    ///   - id: the session to copy.
    ///   - newID: the copy's name; nil for a generated one.
    ///   - turn: the last turn to copy; nil for all.
    public func fork(
        _ id: SessionID, as newID: SessionID? = nil, through turn: TurnID? = nil
    ) async throws -> Session {
        try await make(newID) { try await store.fork(id, as: $0, through: turn) }
    }

    /// Gives a session another id; the current one stays current under it.
    @discardableResult
    public func rename(_ id: SessionID, to newID: SessionID) async throws -> Session {
        do {
            let session = try await store.rename(id, to: newID)
            if current == id { current = newID }
            return session
        } catch {
            // The session may have its new name although that is not known to be durable.
            let (old, new) = (try? await exists(id), try? await exists(newID))
            if current == id, old == false, new == true { current = newID }
            throw error
        }
    }

    /// Empties a session's history; the session stays.
    @discardableResult
    public func reset(_ id: SessionID) async throws -> Session { try await store.reset(id) }

    /// Removes a session; if it is the current one, none is current any more.
    public func delete(_ id: SessionID) async throws {
        try await store.delete(id)
        if current == id { current = nil }
    }

    /// Removes sessions by age and number; the current one and those with a live turn stay.
    ///
    /// - Parameters:
    ///   - age: those not used for so long go; nil: age does not matter.
    ///   - count: all but the so many used last go; nil: number does not matter.
    ///   - dryRun: whether to name them only.
    /// - Returns: what went and what stayed; also what ended it early, if something did.
    public func prune(
        olderThan age: Duration? = nil, keeping count: Int? = nil, dryRun: Bool = false
    ) async throws -> PruneReport {
        let limit = age.map { now().addingTimeInterval(-($0 / .seconds(1))) }
        let sparing = current.map { Set([$0]) } ?? []
        return try await store.prune(
            PruneCriteria(usedBefore: limit, keep: count, sparing: sparing), dryRun: dryRun)
    }
}
