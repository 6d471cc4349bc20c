import SessionKit

/// How often a request that failed before the first byte of its answer is sent again.
public enum RetryPolicy: Sendable {
    /// Three tries in all.
    case automatic
    /// One try.
    case never
}

/// Sends a request again after a transient failure, such as a busy service or a lost connection.
///
/// It waits as long as the service asks, up to a minute, else a random part of a time that doubles ("Exponential
/// Backoff And Jitter", AWS Architecture Blog, 2015): clients that failed together must not retry together.
struct Retrying: Sendable {
    /// How often.
    var policy = RetryPolicy.never
    /// Called with a message for the user before each wait.
    var notice: @Sendable (String) -> Void = { _ in }
    /// Waits.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// Gives a random number from 0 to 1.
    var random: @Sendable () -> Double = { .random(in: 0...1) }

    private static let tries = 3
    private static let longestWait = Duration.seconds(60)

    /// Runs a request until it succeeds, fails for good, or has been tried three times.
    ///
    /// - Throws: what the last try threw; `CancellationError` if the task is cancelled.
    func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        for attempt in 1... {
            do {
                return try await body()
            } catch let failure as PassingFailure {
                let wait = failure.error.retryAfter ?? .seconds(random() * Double(1 << (attempt - 1)))
                guard policy == .automatic, attempt < Self.tries, wait <= Self.longestWait else { throw failure.error }
                let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
                notice(
                    "\(failure.error.message) Trying again in \(seconds) s (\(attempt + 1) of \(Self.tries)).")
                try await sleep(wait)
            }
        }
        preconditionFailure("the last try returns or throws")
    }
}

/// A transient failure before the first byte of an answer.
struct PassingFailure: Error {
    /// What went wrong.
    let error: ModelError
}
