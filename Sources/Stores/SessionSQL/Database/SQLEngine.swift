package import SessionKit

/// A transaction that is open on a connection.
package protocol SQLTransaction: AnyObject {
    /// Runs statements one after another; a database at the other end of a network gets them together.
    ///
    /// - Returns: the rows of each.
    func run(_ statements: [SQLStatement]) throws -> [[SQLRow]]
}

extension SQLTransaction {
    /// Runs a statement.
    ///
    /// - Returns: its rows.
    package func run(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        try run([SQLStatement(sql, values)]).first ?? []
    }
}

/// A change that is ready to be committed.
package struct SQLChange<Result: Sendable>: Sendable {
    /// The session that is changed, by the key that it never shares with another.
    package let session: String
    /// What is still to be run; it goes out together with the commit.
    package let statements: [SQLStatement]
    /// What the session's change before this one is recorded by; empty if there was none.
    package let previous: String
    /// A question that has an answer once the change has happened, even if many have followed; nil if there is none.
    package let evidence: SQLStatement?
    /// What the change returns once it is durable.
    package let result: Result

    /// Makes a change; one without statements is no change, and is not committed.
    package init(
        _ session: String, _ statements: [SQLStatement], after previous: String = "", evidence: SQLStatement? = nil,
        _ result: Result
    ) {
        self.session = session
        self.statements = statements
        self.previous = previous
        self.evidence = evidence
        self.result = result
    }
}

/// How to find out whether a change happened whose commit was never answered.
///
/// A session's row records its last changes, so that the question is answered by the row, whatever others did meanwhile.
package struct SQLChangeIdentity: Sendable {
    /// What the change is recorded by in its session.
    package let operation: String
    /// Whether the session is gone once the change has happened.
    package let removes: Bool
    /// Whether it does no harm a second time, so that nothing has to be found out.
    package let isRepeatable: Bool
    /// The session that it is about, for people.
    package let id: SessionID

    /// Makes an identity of its own.
    package init(for id: SessionID, removes: Bool = false, isRepeatable: Bool = false) {
        self.id = id
        self.removes = removes
        self.isRepeatable = isRepeatable
        operation = SQLKey.operation()
    }
}

/// A database that keeps sessions: how it is reached, how its SQL differs, and who waits for a turn's answer.
///
/// Its methods block, and are called on threads that may.
package protocol SQLEngine: Sendable {
    /// How its SQL differs.
    var dialect: SQLDialect { get }
    /// Whether the current thread is one that may wait for the database, and is none of Swift's pool.
    var mayBlockThread: @Sendable () -> Bool { get }

    /// Runs what reads, all of it at one moment.
    ///
    /// - Throws: `SessionError`.
    func read<Result: Sendable>(_ body: (any SQLTransaction) throws -> Result) throws -> Result

    /// Runs a change, and commits it; what is thrown undoes it.
    ///
    /// The body runs again where the database says that it collided with another, or the connection broke before anything
    /// was committed.
    /// - Throws: `SessionError`.
    func change<Result: Sendable>(
        _ identity: SQLChangeIdentity, _ body: (any SQLTransaction) throws -> SQLChange<Result>
    ) throws -> Result

    /// Whether somebody waits for the answer to a prompt, apart from what this process knows of itself.
    func isLive(_ prompt: PromptHeader) throws -> Bool

    /// Takes up the claim to turns, before a prompt is saved that says so.
    ///
    /// - Returns: the holder that its row has to name.
    func claim() throws -> String

    /// Keeps a claim alive from now on, since its prompt is saved.
    func hold(_ claim: TurnClaim)

    /// Lets go of a claim that was taken up, whether or not its prompt was saved.
    func drop(_ claim: TurnClaim)
}

/// What this process holds of a turn: the row of its prompt has to say the same.
package struct TurnClaim: Hashable, Sendable {
    /// The session's key.
    package let session: String
    /// The turn.
    package let turn: TurnID
    /// Who took it, among all that share the database.
    package let holder: String
    /// How often the turn has been taken.
    package let epoch: Int

    /// Makes a claim.
    package init(session: String, turn: TurnID, holder: String, epoch: Int) {
        self.session = session
        self.turn = turn
        self.holder = holder
        self.epoch = epoch
    }
}
