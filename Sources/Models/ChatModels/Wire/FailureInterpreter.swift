import HTTPTransport
import SessionKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Says what a failure of a service means, and the way out, without its key.
struct FailureInterpreter: Sendable {
    /// Whose failure it is.
    let provider: Provider
    /// The model that was asked for.
    let model: String
    /// Where the request went.
    let url: String
    /// The key that was sent, which is taken out of all that the service says.
    let key: APIKey?

    /// More of a server's words than this tells nobody more.
    static let longestQuote = 500

    /// What an HTTP answer other than success means.
    ///
    /// - Parameters:
    ///   - status: the status.
    ///   - body: as much of the body as is looked at.
    ///   - contentType: the body's type, if it has one.
    ///   - retryAfter: the field of that name, if there is one.
    ///   - now: the present time.
    func error(
        status: Int, body: [UInt8], contentType: String?, retryAfter: String?, now: Date
    ) -> ModelError {
        var report = WireJSON.decode(ServiceReport.self, from: body) ?? ServiceReport()
        if report.message == nil, MediaType(contentType) != .html {
            let text = String(decoding: body, as: UTF8.self).trimmed
            if !text.isEmpty, !text.hasPrefix("<") { report.message = text }
        }
        let wait = RetryAfter.duration(retryAfter, now: now)
        return StatusMeaning(status: status, isHTTP: true, report: report, retryAfter: wait, failure: self).error
    }

    /// What it means that an answer can't be gone on with.
    func error(_ fault: WireFault) -> ModelError {
        switch fault {
        case .service(let report):
            StatusMeaning(
                status: Self.status(of: report), isHTTP: false, report: report, retryAfter: nil, failure: self
            ).error
        case .malformed(let what):
            ModelError(.badAnswer, "\(provider.name) sent \(what). Is \(url) the address of its API?")
        case .tooMuch(let what): ModelError(.badAnswer, "The answer of \(provider.name) was stopped: \(what).")
        case .cut: ModelError(.cut, "\(provider.name) broke the answer off before its end.")
        }
    }

    /// What a failure to get an answer at all means.
    ///
    /// - Parameters:
    ///   - failure: the transport's error.
    ///   - hasBegun: whether the head of the answer had arrived.
    func error(_ failure: HTTPError, hasBegun: Bool) -> any Error {
        let code: ModelError.Code
        switch failure.code {
        case .cancelled: return CancellationError()
        case .invalidRequest, .libraryMissing, .insecureRefused: code = .configuration
        case .dnsFailed, .unreachable, .proxyFailed, .tlsFailed, .redirectRefused, .transportFailed:
            code = .unreachable
        case .connectTimedOut, .firstByteTimedOut, .idleTimedOut: code = .timedOut
        case .connectionLost: code = hasBegun ? .cut : .unreachable
        case .malformedResponse: code = .badAnswer
        }
        let words = quote(failure.message) ?? "the request failed"
        return ModelError(
            code, "\(provider.name): \(words.hasSuffix(".") ? words : words + ".")",
            cause: failure.cause.flatMap(quote).map(TransportCause.init))
    }

    /// Somebody else's words, cut to a readable length, on one line and without the key; nil if there are none.
    func quote(_ text: String) -> String? {
        // First the key: a cut might leave the half of it.
        let clean = key?.redacted(in: text) ?? text
        let line = clean.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { return nil }
        return line.count > Self.longestQuote ? line.prefix(Self.longestQuote) + "…" : line
    }

    /// The HTTP status that the service would have sent, had it not begun with 200.
    private static func status(of report: ServiceReport) -> Int {
        // OpenRouter and llama.cpp put the status itself in `code`.
        if let code = report.code.flatMap(Int.init), (400...599).contains(code) { return code }
        for name in [report.code, report.type].compactMap(\.self) {
            switch name {
            case "authentication_error", "permission_error", "invalid_api_key": return 401
            case "not_found_error", "model_not_found": return 404
            case "request_too_large": return 413
            case "rate_limit_error", "rate_limit_exceeded", "insufficient_quota": return 429
            case "timeout_error": return 504
            case "invalid_request_error", "context_length_exceeded", "exceed_context_size_error": return 400
            default: continue
            }
        }
        return 500
    }
}

/// What lies beneath a failed transfer, in libcurl's words.
private struct TransportCause: Error, CustomStringConvertible {
    let description: String
}

/// The `Retry-After` field: a number of seconds or a date (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// Reads the field.
    ///
    /// - Parameters:
    ///   - field: its value.
    ///   - now: the present time, from which a date is counted.
    /// - Returns: how long to wait, in whole seconds, from nothing to a week; nil if there is no sense in the value.
    static func duration(_ field: String?, now: Date) -> Duration? {
        guard let field = field?.trimmed, !field.isEmpty else { return nil }
        // Services send fractions, too, though the standard has whole seconds.
        let seconds = Double(field) ?? date(field).map { $0.timeIntervalSince(now) }
        guard let seconds, seconds.isFinite else { return nil }
        return .seconds(min(max(seconds.rounded(.up), 0), 604_800))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that senders may use (section 5.6.7).
    private static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp.date(from: "\(words[3])-\(number)-\(words[1])T\(words[4]).000Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
