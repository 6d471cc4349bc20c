/// A place where a task under test waits until the test lets it go on, and by which the test knows that it got there.
public struct Checkpoint: Sendable {
    private let arrival = Gate()
    private let departure = Gate()

    /// Makes a closed one.
    public init() {}

    /// Returns once somebody has come to it.
    public func reached() async { await arrival.opened() }

    /// Lets everybody through, now and later.
    public func open() { departure.open() }

    /// Waits until it is open.
    ///
    /// - Parameter ignoringCancellation: if false, cancelling the waiting task opens it.
    public func pass(ignoringCancellation: Bool = true) async {
        arrival.open()
        await withTaskCancellationHandler {
            await departure.opened()
        } onCancel: {
            if !ignoringCancellation { departure.open() }
        }
    }
}
