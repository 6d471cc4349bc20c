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
    private let arrived = Mutex<(part: PartialAnswer, isNew: Bool)?>((PartialAnswer(""), false))
    private let saving = Mutex<Task<Void, Never>?>(nil)

    /// Makes a keeper for a turn; nothing is saved before the first piece.
    init(of turn: OpenTurn, in store: any SessionStore, every interval: Duration) {
        self.turn = turn
        self.store = store
        self.interval = interval
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
        let part = arrived.withLock { arrived -> PartialAnswer? in
            defer { arrived?.isNew = false }
            return arrived.flatMap { $0.isNew && $0.part.content.isVisible ? $0.part : nil }
        }
        guard let part else { return true }
        let start = ContinuousClock.now
        do { try await store.keepPartial(part, of: turn) } catch { return false }
        return ContinuousClock.now - start <= Self.longestSave
    }
}
