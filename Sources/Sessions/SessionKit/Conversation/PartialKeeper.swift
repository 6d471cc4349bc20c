import Synchronization

/// Keeps what has arrived of an answer in the store while it grows, so that it outlives the process.
///
/// It works beside the stream, which never waits for it, and stops where one save takes too long: a large session is
/// written whole each time.
final class PartialKeeper: Sendable {
    /// How often a part is kept, at most.
    static let interval = Duration.seconds(2)
    /// How long a save may take.
    private static let longestSave = Duration.milliseconds(50)
    /// The most bytes of a part: an answer of 64 MiB is not held twice.
    private static let longestPart = 4 << 20

    private let turn: OpenTurn
    private let store: any SessionStore
    private let interval: Duration
    /// What has arrived and whether it is new; nil once it is too much to be written again and again.
    private let arrived = Mutex<(content: Content, isNew: Bool)?>(("", false))
    private let saving = Mutex<Task<Void, Never>?>(nil)

    /// Makes a keeper for a turn; nothing is saved before the first piece.
    init(of turn: OpenTurn, in store: any SessionStore, every interval: Duration) {
        self.turn = turn
        self.store = store
        self.interval = interval
    }

    deinit { end() }

    /// Takes a piece of the answer.
    func add(_ piece: String) {
        arrived.withLock { arrived in
            arrived?.content.text += piece
            arrived?.isNew = true
            if (arrived?.content.text.utf8.count ?? 0) > Self.longestPart { arrived = nil }
        }
        saving.withLock { saving in if saving == nil { saving = start() } }
    }

    /// Ends it; a save that has begun goes on and changes nothing once the turn is finished.
    func end() { saving.withLock { $0?.cancel() } }

    private func start() -> Task<Void, Never> {
        Task.detached { [weak self, interval] in
            while (try? await Task.sleep(for: interval)) != nil, let keeper = self {
                guard await keeper.saveOnce() else { return }
            }
        }
    }

    /// Saves what is new.
    ///
    /// - Returns: whether to go on.
    private func saveOnce() async -> Bool {
        let content = arrived.withLock { arrived -> Content? in
            defer { arrived?.isNew = false }
            return arrived.flatMap { $0.isNew && $0.content.isVisible ? $0.content : nil }
        }
        guard let content else { return true }
        let start = ContinuousClock.now
        do { try await store.keepPartial(PartialAnswer(content), of: turn) } catch { return false }
        return ContinuousClock.now - start <= Self.longestSave
    }
}
