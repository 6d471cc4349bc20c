import Foundation
import Synchronization

/// How often a promise was put to the test, for the table that `Scripts/torture` prints.
///
/// A line `PROMISE<TAB>tried<TAB>failed` is appended to the file that `SESH_COUNTS` names; without it nothing is written.
package final class PromiseCounts: Sendable {
    private let promise: String
    private let counts = Mutex((tried: 0, failed: 0))

    /// Begins to count.
    ///
    /// - Parameter promise: what is promised, in a few words without a tab.
    package init(_ promise: String) { self.promise = promise }

    /// Counts trials.
    ///
    /// - Parameters:
    ///   - trials: how many.
    ///   - failures: how many of them broke the promise.
    package func add(_ trials: Int = 1, failures: Int = 0) {
        counts.withLock { $0 = ($0.tried + trials, $0.failed + failures) }
    }

    /// Counts a trial.
    ///
    /// - Parameter holds: whether the promise was kept.
    /// - Returns: `holds`.
    @discardableResult
    package func add(_ holds: Bool) -> Bool {
        add(1, failures: holds ? 0 : 1)
        return holds
    }

    deinit {
        guard let path = ProcessInfo.processInfo.environment["SESH_COUNTS"], !path.isEmpty else { return }
        let (tried, failed) = counts.withLock { $0 }
        let line = Data("\(promise)\t\(tried)\t\(failed)\n".utf8)
        // One write at the end of the file: lines of tests that run at the same time stay whole.
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
}
