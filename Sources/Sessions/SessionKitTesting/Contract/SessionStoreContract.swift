public import SessionKit
public import Testing

/// What every store has to keep to: each sentence of `SessionStore`, as a rule that can be checked.
///
/// ```swift
/// @Test(arguments: SessionStoreContract.rules)
/// func keepsTheContract(_ rule: SessionStoreContract.Rule) async throws {
///     let clock = SettableClock()
///     try await rule.check(SessionStoreContract(clock, store: InMemoryStore(now: clock.now)))
/// }
/// ```
public struct SessionStoreContract: Sendable {
    /// One rule; it wants an empty store.
    public struct Rule: Sendable, CustomTestStringConvertible {
        /// The rule as a sentence.
        public let testDescription: String
        /// Checks it; a failure is recorded as a test issue.
        public let check: @Sendable (SessionStoreContract) async throws -> Void

        init(_ sentence: String, check: @escaping @Sendable (SessionStoreContract) async throws -> Void) {
            testDescription = sentence
            self.check = check
        }
    }

    /// The store's clock.
    public let clock: SettableClock
    /// The store, empty.
    public let store: any SessionStore
    /// The same data as another process has it; nil if no other process can see it.
    public let elsewhere: (any SessionStore)?

    /// Takes what is to be checked.
    ///
    /// - Parameters:
    ///   - clock: the clock of both stores.
    ///   - store: the store, empty.
    ///   - elsewhere: a second store over the same data, as another process would open it; nil if there can be none.
    public init(_ clock: SettableClock, store: any SessionStore, elsewhere: (any SessionStore)? = nil) {
        self.clock = clock
        self.store = store
        self.elsewhere = elsewhere
    }

    /// Every rule.
    public static let rules: [Rule] =
        creation + reading + turns + unanswered + licence + changes + undoing + retrying + wholeSessions + pruning
        + clocks + concurrency + partial + resuming + consistency
}

/// What the rules are written with.
extension SessionStoreContract {
    /// Another process's view of the data or, if there is none, this one's.
    var other: any SessionStore { elsewhere ?? store }

    /// Makes a session.
    func makeSession(
        _ id: String = "demo", title: String? = nil, settings: SessionSettings = SessionSettings()
    ) async throws -> SessionID {
        try await store.create(SessionID(id), title: title, settings: settings).id
    }

    /// Runs a whole turn.
    @discardableResult
    func addTurn(
        _ prompt: String, to id: SessionID, replacing: TurnID? = nil, _ store: (any SessionStore)? = nil
    ) async throws -> Turn {
        let store = store ?? self.store
        let open = try await store.beginTurn(in: id, Prompt(Content(prompt), replacing: replacing))
        return try await store.finishTurn(open, with: Answer("re: \(prompt)", finishReason: .stop))
    }

    /// Takes back one turn.
    @discardableResult
    func undo(in id: SessionID, _ store: (any SessionStore)? = nil) async throws -> Turn {
        try #require(try await (store ?? self.store).undo(1, in: id).first)
    }

    /// Restores one turn.
    @discardableResult
    func redo(in id: SessionID, _ store: (any SessionStore)? = nil) async throws -> Turn {
        try #require(try await (store ?? self.store).redo(1, in: id).first)
    }

    /// The prompts of the history.
    func prompts(in id: SessionID) async throws -> [String] {
        try await store.read(id, .all).turns.compactMap { $0.prompt?.content.text }
    }

    /// The messages of a turn's context.
    func context(of turn: OpenTurn) async throws -> [Message] {
        try await store.read(turn.session, turn.context()).messages
    }

    /// The session as it is read.
    func session(_ id: SessionID) async throws -> Session { try await store.read(id, .last(0)).session }

    /// The ids of all sessions, last used first.
    func listed() async throws -> [String] {
        try await store.summaries(offset: 0, limit: nil).entries.map(\.id.rawValue)
    }

    /// Expects a `SessionError` of this kind.
    func expect<Result>(
        _ code: SessionError.Code, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation,
        from body: () async throws -> Result
    ) async {
        do {
            _ = try await body()
            Issue.record("\(comment): no error, expected \(code)", sourceLocation: sourceLocation)
        } catch let error as SessionError {
            #expect(error.code == code, comment, sourceLocation: sourceLocation)
            #expect(!error.message.isEmpty, comment, sourceLocation: sourceLocation)
        } catch {
            Issue.record("\(comment): \(error) is no SessionError", sourceLocation: sourceLocation)
        }
    }
}
