import Synchronization

/// Tells a thread that blocks that the task waiting for it was cancelled.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    /// Whether it was cancelled.
    var isSet: Bool { flag.load(ordering: .acquiring) }

    /// Cancels.
    func set() { flag.store(true, ordering: .releasing) }
}
