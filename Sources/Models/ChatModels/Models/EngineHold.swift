import LocalEngine

/// Keeps the local engine from going idle as long as this object exists.
///
/// `LocalEngine.withEndpoint` does so for the duration of a call, but an answer is read in many calls; so a task of its
/// own makes that call and waits in it.
final class EngineHold: Sendable {
    /// Where the engine listens.
    let endpoint: LocalEngineEndpoint
    private let holder: Task<Void, Never>

    private init(_ endpoint: LocalEngineEndpoint, _ holder: Task<Void, Never>) {
        self.endpoint = endpoint
        self.holder = holder
    }

    deinit { holder.cancel() }

    /// Makes sure that an engine is ready and keeps it from going idle.
    ///
    /// - Parameters:
    ///   - engine: the engine.
    ///   - onNotice: called if the engine has to be waited for.
    /// - Throws: `LocalEngineError` or `CancellationError`.
    static func take(
        _ engine: LocalEngine, onNotice: @escaping @Sendable (LocalEngineNotice) -> Void
    ) async throws -> EngineHold {
        let (endpoints, continuation) = AsyncThrowingStream.makeStream(of: LocalEngineEndpoint.self)
        let holder = Task {
            do {
                try await engine.withEndpoint(onNotice: onNotice) { endpoint in
                    continuation.yield(endpoint)
                    while true { try await Task.sleep(for: .seconds(3600)) }
                }
            } catch {
                continuation.finish(throwing: error)
            }
        }
        do {
            for try await endpoint in endpoints { return EngineHold(endpoint, holder) }
        } catch {
            holder.cancel()
            throw error
        }
        // A stream ends without an error when the task that reads it is cancelled.
        holder.cancel()
        throw CancellationError()
    }
}
