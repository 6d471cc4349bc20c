/// A place where a task under test waits until the test lets it go on, and by which the test knows that it got there.
package struct Checkpoint: Sendable {
    private let arrival = Gate()
    private let departure = Gate()

    /// Makes a closed one.
    package init() {}

    /// Returns once somebody has come to it.
    package func reached() async { await arrival.opened() }

    /// Lets everybody through, now and later.
    package func open() { departure.open() }

    /// Waits until it is open.
    ///
    /// - Parameter ignoringCancellation: if false, cancelling the waiting task opens it.
    package func pass(ignoringCancellation: Bool = true) async {
        arrival.open()
        await withTaskCancellationHandler {
            await departure.opened()
        } onCancel: {
            if !ignoringCancellation { departure.open() }
        }
    }
}
