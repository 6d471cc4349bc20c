import Foundation
import Synchronization

/// How often a promise was put to the test, for the table that `Scripts/torture` prints.
///
/// When the process ends, a line `PROMISE<TAB>tried<TAB>failed` for each promise is appended to the file that
/// `SESH_COUNTS` names; without it nothing is written.
package struct PromiseCounts: Sendable {
    private static let totals = Mutex<[String: (tried: Int, failed: Int)]>([:])

    /// At the end, not when the last user lets go: tests keep counts in static variables, which nobody ever lets go.
    private static let isWrittenAtEnd: Void = {
        atexit { PromiseCounts.write() }
    }()

    private let promise: String

    /// Begins to count, or goes on.
    ///
    /// - Parameter promise: what is promised, in a few words without a tab.
    package init(_ promise: String) {
        Self.isWrittenAtEnd
        self.promise = promise
        add(0)
    }

    /// Counts trials.
    ///
    /// - Parameters:
    ///   - trials: how many.
    ///   - failures: how many of them broke the promise.
    package func add(_ trials: Int = 1, failures: Int = 0) {
        Self.totals.withLock { totals in
            let (tried, failed) = totals[promise, default: (0, 0)]
            totals[promise] = (tried + trials, failed + failures)
        }
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

    private static func write() {
        guard let path = ProcessInfo.processInfo.environment["SESH_COUNTS"], !path.isEmpty else { return }
        let lines = totals.withLock { totals in
            totals.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value.tried)\t\($0.value.failed)\n" }
        }
        // One write at the end of the file: lines of processes that end at the same time stay whole.
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        let data = Data(lines.joined().utf8)
        _ = data.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
    }
}
