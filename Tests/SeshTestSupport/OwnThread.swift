import Foundation

/// Runs what blocks for long on a thread of its own: Swift's pool has as many as there are cores.
///
/// - Parameter body: what blocks.
/// - Returns: what the body returns.
/// - Throws: what the body throws.
package func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}
