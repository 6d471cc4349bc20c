import HTTPTransport
import SessionKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns failures of a service into errors that say what to do, without its key.
struct FailureInterpreter: Sendable {
    /// The service's provider.
    let provider: Provider
    /// The requested model.
    let model: String
    /// The URL of the request.
    let url: String
    /// The key of the request, which is removed from the service's messages.
    let key: APIKey?

    /// The most characters of a service's message that are shown.
    static let longestQuote = 500

    /// The error for an HTTP answer other than success.
    ///
    /// - Parameters:
    ///   - status: the status.
    ///   - body: the beginning of the body.
    ///   - contentType: the `Content-Type` field, if there is one.
    ///   - retryAfter: the `Retry-After` field, if there is one.
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

    /// The error for an answer that can't be read on.
    func error(_ fault: WireFault) -> ModelError {
        switch fault {
        case .service(let report):
            StatusMeaning(
                status: Self.status(of: report), isHTTP: false, report: report, retryAfter: nil, failure: self
            ).error
        case .malformed(let what):
            ModelError(.badAnswer, "\(provider.name) sent \(what). Is \(url) the address of its API?")
        case .tooMuch(let what): ModelError(.badAnswer, "The answer of \(provider.name) was stopped: \(what).")
        case .cut: ModelError(.cut, "\(provider.name) ended the answer before it was complete.")
        }
    }

    /// The error for a failed transfer.
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

    /// A foreign message, shortened, on one line and without the key; nil if it is empty.
    func quote(_ text: String) -> String? {
        // The key first: shortening could leave a part of it.
        let clean = key?.redacted(in: text) ?? text
        let line = clean.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { return nil }
        return line.count > Self.longestQuote ? line.prefix(Self.longestQuote) + "…" : line
    }

    /// The HTTP status of a failure that is reported within an answer, which began with 200.
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

/// The cause of a failed transfer, in libcurl's words.
private struct TransportCause: Error, CustomStringConvertible {
    let description: String
}

/// The `Retry-After` field: a number of seconds or a date (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// Reads the field.
    ///
    /// - Parameters:
    ///   - field: its value.
    ///   - now: the present time, for a date.
    /// - Returns: how long to wait, in whole seconds, from 0 to a week; nil if the value is invalid.
    static func duration(_ field: String?, now: Date) -> Duration? {
        guard let field = field?.trimmed, !field.isEmpty else { return nil }
        // Some services send fractions, although the standard has whole seconds.
        let seconds = Double(field) ?? date(field).map { $0.timeIntervalSince(now) }
        guard let seconds, seconds.isFinite else { return nil }
        return .seconds(min(max(seconds.rounded(.up), 0), 604_800))
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that senders may use (section 5.6.7).
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
