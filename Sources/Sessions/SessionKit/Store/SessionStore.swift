#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A session that goes on, and the one whose place it took.
public struct ResumedSession: Hashable, Sendable {
    /// The session.
    public var session: Session
    /// Whether it was made now.
    public var isNew: Bool
    /// What the session is called that had the id before; nil if there was none, or it goes on.
    public var former: SessionID?

    /// Makes a result.
    public init(_ session: Session, isNew: Bool = false, former: SessionID? = nil) {
        (self.session, self.isNew, self.former) = (session, isNew, former)
    }
}

/// What keeps sessions.
///
/// Every requirement is one atomic intent: it happens wholly or not at all, at once for every process that shares the
/// store, and has happened durably when it returns. There is deliberately no "save this session": two processes that
/// each save what they once read lose each other's turns. How a store does it (files, locks, leases, SQL) is its own
/// affair, and no type here speaks of it.
///
/// Every requirement throws `SessionError`. A store has to pass the contract suite of `SessionKitTesting`.
public protocol SessionStore: Sendable {
    /// Makes a session; `alreadyExists` if the id is taken, `invalidID` if it differs from a taken one only by case,
    /// `invalidSetting` if no session can have the settings.
    ///
    /// - Parameters:
    ///   - id: its name.
    ///   - title: a name for people.
    ///   - settings: what it asks of a model.
    ///   - model: the model it goes on with; nil for the default.
    ///   - turns: the history it begins with, oldest first; `malformed` unless each turn has an identity of its own and
    ///     begins with a prompt and ends with an answer.
    /// - Returns: the new session.
    func create(
        _ id: SessionID, title: String?, settings: SessionSettings, model: ModelReference?, turns: [Turn]
    ) async throws -> Session

    /// Lists sessions, last used first. A session that can't be read takes its place in the list as such.
    ///
    /// - Parameters:
    ///   - offset: how many to pass over, 0 or more.
    ///   - limit: how many at most; nil for all.
    func summaries(offset: Int, limit: Int?) async throws -> SummaryPage

    /// The ids of all sessions, in no order, those included that can't be read.
    func ids() async throws -> [SessionID]

    /// Reads a session and messages of it at one moment; `notFound` if there is none.
    func read(_ id: SessionID, _ range: MessageRange) async throws -> Transcript

    /// Saves a prompt as pending and takes the turn for this process, before anything is sent to a model.
    ///
    /// A prompt of the same bytes that was abandoned here is taken up instead of adding a second; a live one is left
    /// alone. `notContinuable` if the history has messages of an unknown role.
    ///
    /// - Returns: the turn; what its context holds is read by `OpenTurn.context(last:)`.
    func beginTurn(in id: SessionID, _ prompt: Prompt) async throws -> OpenTurn

    /// Takes an abandoned prompt up again; `notFound` if it is not pending, `busy` if it is live.
    ///
    /// The turn gets a new identity if the history has one with the prompt's already, which only a file edited by hand
    /// can say.
    /// - Parameters:
    ///   - turn: the pending prompt's turn.
    ///   - id: its session.
    ///   - model: the model it is sent to now.
    func takeUp(_ turn: TurnID, in id: SessionID, model: ModelReference?) async throws -> OpenTurn

    /// Puts a prompt and its answer into the history in one step and lets the turn go.
    ///
    /// The pending prompt, held by this process, licenses this: if the session was reset, deleted or made anew
    /// meanwhile, or the prompt withdrawn or let go, nothing is written and the error is `notSaved`. Finishing a turn
    /// that is in the history already changes nothing. The answer's model becomes the session's; a prompt records the
    /// settings of its turn where they differ from those before it in the history. Every error is `notSaved`; the turn
    /// is let go then too.
    func finishTurn(_ turn: OpenTurn, with answer: Answer) async throws -> Turn

    /// Keeps a part of an answer beside its pending prompt while more arrives, so that it outlives this process.
    ///
    /// It changes neither `revision` nor `updatedAt`. Once the turn is abandoned, reading shows it as an interrupted turn
    /// at the end of the history, and the next change of the session makes it one first; equal words do not take it up.
    ///
    /// - Parameters:
    ///   - partial: what has arrived; it takes the place of an earlier part.
    ///   - turn: a turn held by this process; else `notSaved`.
    func keepPartial(_ partial: PartialAnswer, of turn: OpenTurn) async throws

    /// Lets a turn go without an answer. The prompt stays pending, as abandoned.
    func releaseTurn(_ turn: OpenTurn) async

    /// Removes a pending prompt: an abandoned one, or one that this process holds; `busy` if another process holds it,
    /// `notFound` if it is not pending.
    func withdrawTurn(_ turn: TurnID, in id: SessionID) async throws

    /// Changes what a session is called or asks for; `invalidSetting` if no session can be changed so.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - revision: the revision the changes are based on; `conflict` if the session has moved on. Nil: no matter.
    ///   - changes: applied in order; if they change nothing, nothing is written.
    func update(_ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]) async throws -> Session

    /// Takes the last turns out of the history, one after another, and keeps them for `redo`.
    ///
    /// If a turn had replaced another, the other returns to its place, and is the next to go.
    ///
    /// - Parameters:
    ///   - count: how many turns, 1 or more; `nothingToDo`, and nothing is taken, if there are fewer.
    ///   - id: the session.
    /// - Returns: the turns that were taken back, the last of the history first.
    func undo(_ count: Int, in id: SessionID) async throws -> [Turn]

    /// Puts back the turns that were undone last, one after another.
    ///
    /// - Parameters:
    ///   - count: how many turns, 1 or more; `nothingToDo`, and nothing is restored, if there are fewer or the history
    ///     has gone on since.
    ///   - id: the session.
    /// - Returns: the turns that were restored, oldest first.
    func redo(_ count: Int, in id: SessionID) async throws -> [Turn]

    /// Copies a session's title, settings and history under a new id; pending and undone turns stay behind.
    ///
    /// - Parameters:
    ///   - id: the session to copy.
    ///   - newID: the copy's name, under the rules of `create`.
    ///   - turn: the last turn to copy; nil for all. `notFound` if it is not in the history.
    /// - Returns: the copy, which records where it came from.
    func fork(_ id: SessionID, as newID: SessionID, through turn: TurnID?) async throws -> Session

    /// Gives a session another id, under the rules of `create`, but a change of case is allowed; `busy` while a turn in
    /// it is live.
    func rename(_ id: SessionID, to newID: SessionID) async throws -> Session

    /// Goes on with a session that was used lately, or begins it anew.
    ///
    /// A session that is missing is made. One that was not used since `limit` gets the id that `SessionRules.formerID` says,
    /// and a new one of the same id, model and settings takes its place; one with a live turn is in use, whatever its age.
    ///
    /// - Parameters:
    ///   - id: the session; `invalidID` if it is too long for what an old one would be called.
    ///   - limit: the moment since which it has to have been used.
    /// - Returns: the session that goes on, and what became of the old one.
    func resume(_ id: SessionID, usedSince limit: Date) async throws -> ResumedSession

    /// Empties a session's history: messages, pending and undone turns. Id, title, settings and model stay.
    func reset(_ id: SessionID) async throws -> Session

    /// Removes a session.
    func delete(_ id: SessionID) async throws

    /// Removes sessions by age and number, except those with a live turn.
    ///
    /// Each is judged again at the moment it goes: one that was used meanwhile stays.
    /// - Parameters:
    ///   - criteria: which go.
    ///   - dryRun: whether to name them only.
    func prune(_ criteria: PruneCriteria, dryRun: Bool) async throws -> PruneReport
}

extension SessionStore {
    /// The ids of all sessions, taken from their summaries; a store that can have them for less does so.
    public func ids() async throws -> [SessionID] {
        try await summaries(offset: 0, limit: nil).entries.map(\.id)
    }

    /// Makes a session without a history.
    ///
    /// - Parameters:
    ///   - id: its name.
    ///   - title: a name for people.
    ///   - settings: what it asks of a model.
    /// - Returns: the new session.
    public func create(_ id: SessionID, title: String?, settings: SessionSettings) async throws -> Session {
        try await create(id, title: title, settings: settings, model: nil, turns: [])
    }
}
