import Synchronization

/// How parts of an answer are kept while it arrives.
package struct PartialKeeping: Sendable {
    /// How often, at most.
    package var interval = Duration.seconds(2)
    /// How long a save may take: after a longer one no more is kept of the answer.
    package var longestSave = Duration.milliseconds(50)
    /// What saves run on; nil if there is nothing, and then nothing is kept.
    package var executor: @Sendable () -> (any TaskExecutor)? = { globalConcurrentExecutor }
    /// Waits on that.
    package var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Keeps parts on Swift's own pool.
    ///
    /// A program whose threads or descriptors are few has to do otherwise: libdispatch waits for a thread without an end, and
    /// ends the program where it can't have a descriptor for its timers.
    package init() {}
}

/// Keeps what has arrived of an answer in the store while it grows, so that it outlives the process.
///
/// It works beside the stream, which never waits for it, and stops where one save takes too long: a large session is
/// written whole each time.
final class PartialKeeper: Sendable {
    /// The most bytes of a part: an answer of 64 MiB is not held twice.
    private static let longestPart = 4 << 20

    private let turn: OpenTurn
    private let store: any SessionStore
    private let keeping: PartialKeeping
    /// What has arrived and whether it is new; nil once it is too much to be written again and again.
    private let arrived = Mutex<(part: PartialAnswer, isNew: Bool)?>((PartialAnswer(""), false))
    private let saving = Mutex<(isStarted: Bool, task: Task<Void, Never>?)>((false, nil))

    /// Makes a keeper for a turn; nothing is saved before the first piece.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - store: what keeps it.
    ///   - keeping: how often, and on what.
    ///   - cost: how long the prompt took to be saved. Where that was very long, as with 100 MB, even one save would hold up
    ///     the answer's end and take the session's memory once more.
    init(
        of turn: OpenTurn, in store: any SessionStore, _ keeping: PartialKeeping, afterSaveOf cost: Duration
    ) {
        if cost / 4 > keeping.longestSave { arrived.withLock { $0 = nil } }
        self.turn = turn
        self.store = store
        self.keeping = keeping
    }

    deinit { end() }

    /// Takes a piece of what the model reasons; it is saved once there is a word of the answer.
    func add(reasoning piece: String) {
        arrived.withLock { arrived in
            if arrived?.part.reasoning == nil { arrived?.part.reasoning = "" }
            arrived?.part.reasoning?.append(piece)
        }
    }

    /// Takes a piece of the answer.
    func add(_ piece: String) {
        arrived.withLock { arrived in
            arrived?.part.content.text += piece
            arrived?.isNew = true
            let count = arrived.map { $0.part.content.text.utf8.count + ($0.part.reasoning?.utf8.count ?? 0) } ?? 0
            if count > Self.longestPart { arrived = nil }
        }
        guard arrived.withLock({ $0 != nil }) else { return }
        saving.withLock { saving in
            guard !saving.isStarted else { return }
            saving = (true, start())
        }
    }

    /// Ends it; a save that has begun goes on and changes nothing once the turn is finished.
    func end() { saving.withLock { $0.task?.cancel() } }

    private func start() -> Task<Void, Never>? {
        guard let executor = keeping.executor() else { return nil }
        return Task(executorPreference: executor) { [weak self, keeping] in
            while (try? await keeping.pause(keeping.interval)) != nil, let keeper = self {
                guard await keeper.saveOnce() else { return }
            }
        }
    }

    /// Saves what is new.
    ///
    /// - Returns: whether to go on.
    private func saveOnce() async -> Bool {
        let part = arrived.withLock { arrived -> PartialAnswer? in
            defer { arrived?.isNew = false }
            return arrived.flatMap { $0.isNew && $0.part.content.isVisible ? $0.part : nil }
        }
        guard let part else { return true }
        let start = ContinuousClock.now
        do { try await store.keepPartial(part, of: turn) } catch { return false }
        return ContinuousClock.now - start <= keeping.longestSave
    }
}
