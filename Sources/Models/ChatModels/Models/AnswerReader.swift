import HTTPTransport
import SessionKit
import Platform

/// Reads one answer, event by event, and no faster than its caller.
///
/// It is the state behind a stream: nothing is sent before the first `next`, and releasing the reader ends the
/// transfer.
actor AnswerReader {
    private enum State {
        case waiting
        case reading(OpenAnswer)
        case over
    }

    private let open: @Sendable () async throws -> OpenAnswer
    private var state = State.waiting
    /// Events that were decoded, the next one last.
    private var ready: [ModelEvent] = []

    /// Makes a reader.
    ///
    /// - Parameter open: sends the request.
    init(open: @escaping @Sendable () async throws -> OpenAnswer) { self.open = open }

    /// Waits for the next event.
    ///
    /// - Returns: nil at the end of the answer.
    /// - Throws: `ModelError` or `CancellationError`, after all events that have arrived.
    func next() async throws -> ModelEvent? {
        while true {
            if let event = ready.popLast() { return event }
            switch state {
            case .over: return nil
            case .waiting:
                // If this throws it is over: the request is not sent again.
                state = .over
                do {
                    state = .reading(try await open())
                } catch let failure as PassingFailure {
                    throw failure.error
                }
            case .reading(let answer):
                state = .over
                state = try await advanced(answer)
            }
        }
    }

    private func advanced(_ answer: OpenAnswer) async throws -> State {
        var answer = answer
        if let fault = answer.decoder.fault { throw answer.failure.error(fault) }
        if answer.decoder.isDone {
            Self.drain(answer.body)
            return .over
        }
        do {
            var iterator = answer.body.makeAsyncIterator()
            if let chunk = try await iterator.next(isolation: self) {
                answer.decoder.feed(chunk)
            } else {
                answer.decoder.finish()
            }
        } catch {
            // After the finish reason only the usage can be missing.
            guard error.code != .cancelled, answer.decoder.hasFinishReason else {
                throw answer.failure.error(error, hasBegun: true)
            }
            answer.decoder.finish()
        }
        ready = answer.decoder.takeEvents().reversed()
        return .reading(answer)
    }

    /// Reads what follows the end of an answer in the background, so that the next turn can use the connection.
    ///
    /// For a second, which is enough for bytes on their way; if the server keeps the response open, the connection is
    /// closed.
    private static func drain(_ body: HTTPBody) {
        let draining = Task(executorPreference: ThreadExecutor.program) { for try await _ in body {} }
        do {
            try DetachedThread.start {
                BlockingThread.pause(milliseconds: 1000)
                draining.cancel()
            }
        } catch {
            draining.cancel()
        }
    }
}

/// An answer whose head has arrived.
struct OpenAnswer: Sendable {
    /// Its bytes.
    let body: HTTPBody
    /// The decoder of its bytes.
    var decoder: AnswerDecoder
    /// The interpreter of its failures.
    let failure: FailureInterpreter
    /// Keeps the local engine from going idle; nil for others.
    var hold: EngineHold?
}
