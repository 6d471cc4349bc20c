import SessionKit

/// Turns a status into an error with the service's message and what to do.
struct StatusMeaning {
    let status: Int
    /// Whether it is an HTTP status, rather than derived from a report within an answer.
    let isHTTP: Bool
    let report: ServiceReport
    let retryAfter: Duration?
    let failure: FailureInterpreter

    /// The error for it.
    var error: ModelError {
        switch status {
        case 401, 403: refusedKey
        case 402: unpaid
        case 429 where [report.code, report.type].contains("insufficient_quota"): unpaid
        case 404: notFound
        case 405, 410, 501: make(.configuration, "There is no such API at \(failure.url)\(end) Check the base URL.")
        case 407: make(.unreachable, "The proxy for \(name) requires a login\(end)")
        case 408, 504: make(.timedOut, "\(name) took too long to answer\(end) Try again later.")
        case 429: make(.rateLimited, "\(name) limits the rate of requests\(end)\(again)")
        case 400...499: rejected
        case 500...599 where refusal != nil: rejected
        case 500...599: make(.serviceFailed, "\(name) failed\(end)\(again)")
        default: make(.badAnswer, "\(name) answered with an unexpected status\(end)")
        }
    }

    private func make(_ code: ModelError.Code, _ message: String) -> ModelError {
        ModelError(code, message, retryAfter: retryAfter)
    }

    private var unpaid: ModelError {
        make(.refusedCredentials, "\(name) requires payment\(end) Check the account's balance.")
    }

    private var refusedKey: ModelError {
        guard let key = failure.key else {
            return make(
                .refusedCredentials,
                "\(name) requires a key\(end) Set \"keyVariable\" or \"keyCommand\" of providers.\(name) in the "
                    + "configuration.")
        }
        return make(.refusedCredentials, "\(name) refused \(key)\(end) Set a key that may use \(failure.model).")
    }

    private var notFound: ModelError {
        // Nothing else distinguishes a missing model from a wrong path.
        let words = (report.message ?? "").lowercased()
        let isAboutModel =
            report.code == "model_not_found" || report.type == "not_found_error" || words.contains("model")
            || words.contains(failure.model.lowercased())
        return isAboutModel
            ? make(.unknownModel, "\(name) has no model \(failure.model)\(end) Name another one, as \(name):MODEL.")
            : make(.unknownModel, "Nothing was found at \(failure.url)\(end) Check the base URL and the model's name.")
    }

    private var rejected: ModelError {
        guard let refusal else { return make(.rejected, "\(name) rejected the request\(end)") }
        return ModelError(
            .tooLong, "The conversation is longer than \(failure.model) can take\(end)",
            promptTokens: refusal.promptTokens, limit: refusal.limit)
    }

    private var refusal: LengthRefusal? { LengthRefusal(report, status: status) }

    private var name: String { failure.provider.name }

    /// The status and the service's message, with a full stop.
    private var end: String {
        let number = isHTTP ? " (HTTP \(status))" : ""
        guard let words = report.message.flatMap(failure.quote) else { return number + "." }
        return "\(number): \(words)" + (words.last.map { ".!?…".contains($0) } ?? false ? "" : ".")
    }

    /// What to do; nothing where the service says how long to wait, which the error shows by itself.
    private var again: String { retryAfter == nil ? " Try again later." : "" }
}
