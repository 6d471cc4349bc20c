import Foundation
import Synchronization

/// The faults that are still to be tried, and what came of the others, for several threads.
final class FaultQueue: Sendable {
    private struct State {
        var waiting: ArraySlice<Fault>
        var flaws: [String] = []
        var documents: Set<Data> = []
    }

    private let state: Mutex<State>

    /// Begins with all of them.
    init(_ faults: [Fault]) { state = Mutex(State(waiting: faults[...])) }

    /// The next fault; nil if there is none left.
    func next() -> Fault? { state.withLock { $0.waiting.popFirst() } }

    /// Notes what came of a fault.
    ///
    /// - Parameters:
    ///   - flaws: what went wrong.
    ///   - documents: what the runs left.
    func add(_ flaws: [String], _ documents: [Data]) {
        state.withLock {
            $0.flaws += flaws
            $0.documents.formUnion(documents)
        }
    }

    /// What came of all.
    var results: (flaws: [String], documents: Set<Data>) { state.withLock { ($0.flaws, $0.documents) } }
}
