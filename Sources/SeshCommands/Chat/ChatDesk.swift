import ChatModels
import SessionKit
import Platform
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a chat works with: the plan, the sessions, the models.
struct ChatDesk: Sendable {
    let plan: ChatPlan
    let program: Program
    let configuration: Configuration
    let manager: SessionManager
    let catalog: ModelCatalog

    /// Reads the configuration and prepares the models; nothing is opened or sent yet.
    init(plan: ChatPlan, program: Program) throws {
        self.plan = plan
        self.program = program
        configuration = try program.configuration()
        manager =
            plan.target == .ephemeral
            ? SessionManager(store: InMemoryStore(), now: program.surroundings.now) : try program.manager()
        catalog = program.catalog(configuration, retries: plan.retries)
    }

    /// What another program may see of the environment: everything but keys.
    var childEnvironment: [String: String] { program.childEnvironment(configuration) }

    /// Whether the command line or the configuration asks for answers as they are.
    var isRaw: Bool { plan.isRaw || configuration.isRaw }

    /// The session that the plan names, if it is there.
    ///
    /// - Throws: `notFound` only for the session used last: one that is named may be missing.
    func existingSession() async throws -> Session? {
        switch plan.target {
        case .new, .ephemeral: return nil
        case .named(let id):
            do {
                if let age = plan.resumeAge {
                    // A session that is missing is made later, once everything else has been checked.
                    guard try await manager.exists(id) else { return nil }
                    return try await resumed(id, within: age)
                }
                return try await manager.open(id)
            } catch let error as SessionError where error.code == .notFound {
                return nil
            }
        case .lastUsed:
            guard let last = try await manager.lastUsed() else {
                throw SessionError(.notFound, "There is no session to continue yet.")
            }
            return try await manager.open(last.id)
        }
    }

    /// Goes on with a session, or begins it anew if it was not used lately, and says so.
    private func resumed(_ id: SessionID, within age: Duration) async throws -> Session {
        let resumed = try await manager.resume(id, within: age)
        if let former = resumed.former {
            program.notice("New session '\(id)'; the one of before is '\(former)' now.")
        }
        return resumed.session
    }

    /// Joins a session and a model, as the plan wants it.
    ///
    /// All of it runs on the program's thread: where there can be no more threads, Swift's pool would wait for one without
    /// an end (libdispatch tries again every second).
    func conversation(in id: SessionID, with model: any ChatModel) async throws -> Conversation {
        var conversation = try await manager.conversation(in: id, with: model)
        conversation.streams = plan.streams
        conversation.savingExecutor = ThreadExecutor.program
        if program.surroundings.ownsProcess { conversation.keeping = KeepingThread.keeping }
        return conversation
    }

    /// Does something with the session that the plan names, again if somebody deletes or renames it meanwhile: a chat in
    /// a named session makes it where it is missing, whenever that shows.
    func insisting<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard case .named = plan.target else { return try await body() }
        // Somebody would have to delete it within milliseconds, each time.
        for _ in 0..<100 {
            do {
                return try await body()
            } catch let error as SessionError where error.code == .notFound || error.code == .alreadyExists {
                continue
            }
        }
        return try await body()
    }

    /// Finds the model that answers in a session, which may not be there yet.
    ///
    /// - Parameters:
    ///   - session: the session; nil for one that is still to be made.
    ///   - flag: the model asked for now, over the session's own.
    func model(for session: Session?, flag: ModelReference?) throws -> any ChatModel {
        let selection = ModelSelection(program: program, configuration: configuration, catalog: catalog)
        let model = try catalog.model(for: selection.reference(flag: flag, session: session?.summary.model))
        if selection.fallsBackOnLocal(flag: flag, session: session?.summary.model) {
            program.noticeOnce("local-model", Notices.localModel)
        }
        return model
    }

    /// Makes the session if it is missing, else gives it the settings of the command line, and makes it current.
    ///
    /// Called only when everything else that can be checked has been: a mistyped model leaves no empty session behind.
    func enter(_ existing: Session?) async throws -> Session {
        if let existing {
            if plan.target == .lastUsed { program.notice("Continuing '\(existing.id)'.") }
            if let remark = existing.summary.remark { program.notice(remark) }
            // Changing a session reads all of it, so that is not done for nothing.
            let session =
                plan.changes.isEmpty
                ? existing : try await manager.store.update(existing.id, ifRevision: nil, plan.changes)
            await manager.use(session)
            return session
        }
        switch plan.target {
        case .named(let id):
            let (session, isNew) = try await manager.openOrCreate(id, settings: plan.settings)
            if isNew { program.notice("New session '\(id)'.") }
            await manager.use(session)
            return session
        case .new, .lastUsed, .ephemeral: return try await begin(settings: plan.settings)
        }
    }

    /// Makes a session, whatever the plan names, and makes it current.
    ///
    /// - Parameters:
    ///   - id: its name; nil for a generated one.
    ///   - title: a name for people.
    ///   - settings: what it asks of a model.
    func begin(
        _ id: SessionID? = nil, title: String? = nil, settings: SessionSettings
    ) async throws -> Session {
        let session = try await manager.create(id, title: title, settings: settings)
        await manager.use(session)
        if plan.target != .ephemeral { program.notice("New session '\(session.id)'.") }
        return session
    }

    /// Removes what the configuration says is too old or too many, and names it; off unless it says so.
    ///
    /// Called when the chat is over: its session is the one used last by then, and a new one has been counted.
    func applyRetention() async throws {
        guard configuration.sessionTTL != nil || configuration.maxSessions != nil, plan.target != .ephemeral else {
            return
        }
        let age = try await plausibleAge()
        guard age != nil || configuration.maxSessions != nil else { return }
        let report = try await manager.prune(olderThan: age, keeping: configuration.maxSessions)
        if !report.removed.isEmpty {
            program.notice(Notices.pruned(report, because: "sessionTTL and maxSessions in the configuration"))
        }
        for (id, error) in report.failed { program.complain("'\(id)' stays: \(error.description)") }
        if let error = report.error { throw error }
    }

    /// The age that the configuration sets, unless the clock would make most sessions older: one that was set wrong, as on
    /// a machine whose battery is empty, is no reason to remove what somebody used yesterday.
    private func plausibleAge() async throws -> Duration? {
        guard let age = configuration.sessionTTL else { return nil }
        let current = await manager.current
        let others = try await manager.list().sessions.filter { $0.id != current }
        let limit = program.now.addingTimeInterval(-(age / .seconds(1)))
        let old = others.count { $0.updatedAt < limit }
        guard old > 0, old == others.count || 2 * old > others.count + 1 else { return age }
        program.notice(Notices.implausibleAge(old, of: others.count, seconds: age.components.seconds))
        return nil
    }
}
