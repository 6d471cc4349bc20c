import HTTPTransport
import SessionKit
import Platform

/// Reads one answer, event by event, and no faster than it is asked to.
///
/// It is the state behind a stream: nothing is sent before the first `next`, and a reader that is let go of takes its
/// transfer along.
actor AnswerReader {
    private enum State {
        case waiting
        case reading(OpenAnswer)
        case over
    }

    private let open: @Sendable () async throws -> OpenAnswer
    private var state = State.waiting
    /// Events that are ready, the next one last.
    private var ready: [ModelEvent] = []

    /// Makes a reader.
    ///
    /// - Parameter open: sends the request.
    init(open: @escaping @Sendable () async throws -> OpenAnswer) { self.open = open }

    /// Waits for the next event.
    ///
    /// - Returns: nil at the end of the answer.
    /// - Throws: `ModelError` or `CancellationError`, after every event that had arrived.
    func next() async throws -> ModelEvent? {
        while true {
            if let event = ready.popLast() { return event }
            switch state {
            case .over: return nil
            case .waiting:
                // Over until it is open: a request that failed is not sent again.
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
            // All that a connection lost after the finish reason can have taken along is the usage.
            guard error.code != .cancelled, answer.decoder.hasFinishReason else {
                throw answer.failure.error(error, hasBegun: true)
            }
            answer.decoder.finish()
        }
        ready = answer.decoder.takeEvents().reversed()
        return .reading(answer)
    }

    /// Reads what follows the end of an answer, so that the connection can serve the next turn, without keeping anybody
    /// waiting.
    ///
    /// A second is enough for what is on its way; a server that holds the connection open loses it.
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
    /// What makes events of them.
    var decoder: AnswerDecoder
    /// What makes errors of failures.
    let failure: FailureInterpreter
    /// What keeps the engine that answers from going idle, if it is the local one.
    var hold: EngineHold?
}
