import LocalEngine
import SessionKit

extension ModelError {
    /// The engine's failure in the terms of the domain.
    init(_ error: LocalEngineError) {
        let code: Code =
            switch error.code {
            case .notInstalled, .unsafeDirectory: .configuration
            case .invalidModel: .unknownModel
            case .startFailed, .inputOutput: .serviceFailed
            case .timedOut: .timedOut
            }
        self.init(code, error.message, cause: error.cause)
    }
}
