import SessionKit

/// What a status means, with the words of the service and the way out.
struct StatusMeaning {
    let status: Int
    /// Whether the service sent the status itself, rather than a report in the middle of an answer.
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
        case 407: make(.unreachable, "The proxy on the way to \(name) wants a login\(end)")
        case 408, 504: make(.timedOut, "\(name) took too long to answer\(end) Try again later.")
        case 429: make(.rateLimited, "\(name) limits how much may be asked\(end)\(again)")
        case 400...499: rejected
        case 500...599 where refusal != nil: rejected
        case 500...599: make(.serviceFailed, "\(name) failed\(end)\(again)")
        default: make(.badAnswer, "\(name) answered with a status that makes no sense here\(end)")
        }
    }

    private func make(_ code: ModelError.Code, _ message: String) -> ModelError {
        ModelError(code, message, retryAfter: retryAfter)
    }

    private var unpaid: ModelError {
        make(.refusedCredentials, "\(name) wants to be paid first\(end) Check the account's balance.")
    }

    private var refusedKey: ModelError {
        guard let key = failure.key else {
            return make(
                .refusedCredentials,
                "\(name) wants a key\(end) Set \"keyVariable\" or \"keyCommand\" of providers.\(name) in the "
                    + "configuration.")
        }
        return make(.refusedCredentials, "\(name) refused \(key)\(end) Set a key that may use \(failure.model).")
    }

    private var notFound: ModelError {
        // There is no other way to tell a model that does not exist from a path that doesn't.
        let words = (report.message ?? "").lowercased()
        let isAboutModel =
            report.code == "model_not_found" || report.type == "not_found_error" || words.contains("model")
            || words.contains(failure.model.lowercased())
        return isAboutModel
            ? make(.unknownModel, "\(name) has no model \(failure.model)\(end) Name another one, as \(name):MODEL.")
            : make(.unknownModel, "Nothing was found at \(failure.url)\(end) Check the base URL and the model's name.")
    }

    private var rejected: ModelError {
        guard let refusal else { return make(.rejected, "\(name) would not have the request\(end)") }
        return ModelError(
            .tooLong, "The conversation is longer than \(failure.model) can take\(end)",
            promptTokens: refusal.promptTokens, limit: refusal.limit)
    }

    private var refusal: LengthRefusal? { LengthRefusal(report, status: status) }

    private var name: String { failure.provider.name }

    /// The status, the service's words, and a full stop.
    private var end: String {
        let number = isHTTP ? " (HTTP \(status))" : ""
        guard let words = report.message.flatMap(failure.quote) else { return number + "." }
        return "\(number): \(words)" + (words.last.map { ".!?…".contains($0) } ?? false ? "" : ".")
    }

    /// What to do about it, unless the service has said how long to wait: that is in the error by itself.
    private var again: String { retryAfter == nil ? " Try again later." : "" }
}
