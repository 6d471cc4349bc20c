public import SessionKit
import Synchronization

/// A model that says what the test wrote down for it, and remembers what it was asked.
public final class ScriptedModel: ChatModel {
    /// One step of an answer.
    public enum Step: Sendable {
        /// Words.
        case text(String)
        /// What is reasoned before them.
        case reasoning(String)
        /// What the answer cost.
        case usage(TokenUsage)
        /// The model's own end.
        case finish(FinishReason)
        /// A wait until the checkpoint opens or the task is cancelled.
        case wait(Checkpoint)
        /// A wait that cancelling the task does not end.
        case waitUncancelled(Checkpoint)
        /// A failure.
        case fail(any Error)
    }

    /// What the model is called.
    public let reference: ModelReference

    private let scripts: [[Step]]
    private let asked = Mutex<[ModelRequest]>([])

    /// Makes a model.
    ///
    /// - Parameters:
    ///   - scripts: one for each request; further requests get the last.
    ///   - reference: what it is called.
    public init(_ scripts: [Step]..., reference: ModelReference = ModelReference(provider: "script", model: "1")) {
        self.scripts = scripts
        self.reference = reference
    }

    /// What it was asked so far, in order.
    public var requests: [ModelRequest] { asked.withLock { $0 } }

    /// Gives the next script's events, none before it is asked for; a script without `finish` is an answer cut short.
    public func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let steps = Mutex<ArraySlice<Step>?>(nil)
        return AsyncThrowingStream {
            while let step = steps.withLock({ self.next(&$0, of: request) }) {
                switch step {
                case .text(let text): return .text(text)
                case .reasoning(let text): return .reasoning(text)
                case .usage(let usage): return .usage(usage)
                case .finish(let reason): return .finished(reason)
                case .wait(let checkpoint): await checkpoint.pass(ignoringCancellation: false)
                case .waitUncancelled(let checkpoint): await checkpoint.pass(ignoringCancellation: true)
                case .fail(let error): throw error
                }
            }
            return nil
        }
    }

    private func next(_ steps: inout ArraySlice<Step>?, of request: ModelRequest) -> Step? {
        if steps == nil {
            let number = asked.withLock { asked in
                asked.append(request)
                return asked.count
            }
            steps = scripts.isEmpty ? [] : scripts[min(number, scripts.count) - 1][...]
        }
        return steps?.popFirst()
    }
}
