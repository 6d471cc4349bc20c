internal import Platform
#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
import SessionJSON
import SessionKit
import Synchronization

/// A database that keeps sessions, as a store sees it.
///
/// Every change is one transaction that locks the session's row first, asks `SessionRules` what is to be done, and
/// writes rows; no history is read for a turn. What is read comes from one snapshot.
public final class SQLDatabase: Sendable {
    package let engine: any SQLEngine
    let now: @Sendable () -> Date
    /// The turns that this process waits for.
    let claims = Mutex<[TurnPlace: TurnClaim]>([:])
    private let work: SQLWork

    /// Makes a database of an engine.
    ///
    /// - Parameters:
    ///   - engine: reaches it.
    ///   - threads: how many calls may wait for it at once.
    ///   - now: the clock by which changes are dated.
    package init(_ engine: any SQLEngine, threads: Int, now: @escaping @Sendable () -> Date) {
        self.engine = engine
        self.now = now
        work = SQLWork(most: threads)
    }

    var dialect: SQLDialect { engine.dialect }

    /// Runs a call that waits for the database, on a thread that may.
    package func waiting<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let cancellation = SQLCancellation()
        return try await withTaskCancellationHandler {
            try await onThread { try SQLCancellation.$current.withValue(cancellation) { try body() } }
        } onCancel: {
            cancellation.cancel()
        }
    }

    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        if engine.mayBlockThread() { return try body() }
        do {
            return try await work.run(body)
        } catch let error as ThreadError {
            throw SessionError(.busy, "\(error)", cause: error)
        }
    }

    /// Runs what reads a session, all of it at one moment.
    func reading<Result: Sendable>(
        _ id: SessionID? = nil, _ body: @escaping @Sendable (any SQLTransaction) throws -> Result
    ) async throws -> Result {
        try await waiting { [engine] in
            try engine.read { transaction in try Self.describing(id) { try body(transaction) } }
        }
    }

    /// Runs a change of a session that is there.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - turns: how many of its last turns the change has to know.
    ///   - undone: whether it has to know those that were taken back.
    ///   - settling: whether what was abandoned with a part of its answer has to be committed first.
    ///   - more: further questions.
    ///   - body: adds what is to be done; gets the answers to the further questions.
    func changing<Result: Sendable>(
        _ id: SessionID, turns: Int = 2, undone: Bool = false, settling: Bool = true, more: [SQLStatement] = [],
        _ body:
            @escaping @Sendable (inout SessionWriting, any SQLTransaction, [[SQLRow]], SQLChangeIdentity) throws ->
            Result
    ) async throws -> Result {
        try await waiting { [self] in
            let questions = SessionState.questions(id, turns: turns, undone: undone, dialect)
            while true {
                let identity = SQLChangeIdentity(for: id)
                do {
                    return try engine.change(identity) { transaction in
                        try Self.describing(id) {
                            let answers = try transaction.run(questions + more)
                            let state = try SessionState(id, Array(answers.prefix(questions.count)))
                            if state.head.isNewer { throw Self.newerFormat(id) }
                            if settling, try hasLeftPart(state) { throw UnsettledPart() }
                            var writing = SessionWriting(state, dialect)
                            let rest = Array(answers.dropFirst(questions.count))
                            let result = try body(&writing, transaction, rest, identity)
                            return writing.change(result)
                        }
                    }
                } catch is UnsettledPart {
                    try settle(id)
                }
            }
        }
    }

    /// Whether somebody waits for the answer to a pending prompt.
    func isLive(_ prompt: PromptHeader, in state: SessionState) throws -> Bool {
        try isHeld(prompt, in: state) || engine.isLive(prompt)
    }

    /// Whether somebody waits for the answer to a turn's prompt.
    func isLive(in state: SessionState) -> (TurnID) throws -> Bool {
        { turn in try state.prompt(turn).map { try self.isLive($0, in: state) } ?? false }
    }

    /// Whether this process waits for it: it took the turn, and nobody has taken it since.
    func isHeld(_ prompt: PromptHeader?, in state: SessionState) -> Bool {
        guard let prompt,
            let claim = claims.withLock({ $0[TurnPlace(prompt.turn, in: state.id)] })
        else { return false }
        return claim.session == state.key && claim.holder == prompt.holder && claim.epoch == prompt.epoch
    }

    func hasLeftPart(_ state: SessionState) throws -> Bool {
        try state.prompts.contains { try $0.hasPartial && !isLive($0, in: state) }
    }

    /// Commits what was abandoned with a part of its answer.
    ///
    /// It is no write that counts: whoever reads sees it so already.
    func settle(_ id: SessionID) throws {
        let identity = SQLChangeIdentity(for: id)
        let questions = SessionState.questions(id, turns: 2, dialect)
        try engine.change(identity) { transaction in
            try Self.describing(id) {
                let state = try SessionState(id, transaction.run(questions))
                var writing = SessionWriting(state, dialect)
                guard let finished = try SessionRules.settle(state, at: now(), isLive: isLive(in: state)),
                    let text = state.prompt(finished.turn)?.line
                else { return SQLChange(state.key, [], ()) }
                let line = try PendingLine(text)
                if let partial = line.prompt.partial {
                    let answer = Message(partial: partial, of: line.prompt)
                    try writing.move(line, answer, as: finished)
                    if let model = answer.model { writing.head.summary.model = model }
                }
                try writing.finish(identity, at: nil, in: transaction)
                return writing.change(())
            }
        }
    }

    /// Runs a body, and says of a row that can't be read what session it is of.
    static func describing<Result>(_ id: SessionID?, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let flaw as DocumentFlaw {
            if let id, flaw.isNewer { throw newerFormat(id) }
            throw malformed(id, "\(flaw.flaw.pathText) \(flaw.flaw.problem)", flaw)
        } catch let flaw as JSONFlaw {
            throw malformed(id, "\(flaw.pathText) \(flaw.problem)", flaw)
        } catch let flaw as RowFlaw {
            throw malformed(id, flaw.problem, flaw)
        }
    }

    private static func malformed(_ id: SessionID?, _ problem: String, _ cause: any Error) -> SessionError {
        let name = id.map { "The rows of session '\($0)'" } ?? "Rows of the database"
        return SessionError(
            .malformed, "\(name) are not what sesh writes (\(problem)); they stand as they were.", cause: cause)
    }

    static func newerFormat(_ id: SessionID) -> SessionError {
        SessionError(
            .newerFormat, "Session '\(id)' is of a newer format; use the version of sesh that wrote it, or a later one."
        )
    }
}

/// A prompt was abandoned with a part of its answer, which has to be committed before the change.
private struct UnsettledPart: Error {}

extension SessionWriting {
    /// Moves a prompt from the pending ones to the history, with its answer.
    ///
    /// - Returns: the turn.
    @discardableResult
    mutating func move(_ line: PendingLine, _ answer: Message, as finished: FinishedTurn) throws -> Turn {
        removePrompt(finished.turn)
        for move in finished.moves { try make(move) }
        let prompt = Message(prompt: line.prompt, settings: finished.settings)
        append(
            finished.turn, [prompt, answer],
            lines: [try line.encode(as: prompt), try MessageLine.encode(answer)])
        return Turn(id: finished.turn, messages: [prompt, answer])
    }
}
