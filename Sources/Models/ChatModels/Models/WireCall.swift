import HTTPTransport
import SessionKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A call of one model of one provider.
struct WireCall: Sendable {
    /// How to reach the service; its base URL has no slash at the end.
    var provider: Provider
    /// The model's name at the service.
    var model: String
    /// The wire API.
    let format: any WireFormat
    /// The client that sends the request.
    let client: HTTPClient
    /// The key ring with the provider's key.
    let keys: KeyRing
    /// The limits of the answer.
    var limits = AnswerLimits()

    /// Sends a request and waits for the head of a successful answer.
    ///
    /// - Throws: `PassingFailure`, `ModelError`, or `CancellationError`.
    func open(_ request: ModelRequest) async throws -> OpenAnswer {
        let key = try await keys.key(for: provider)
        let url = provider.baseURL + format.path
        let failure = FailureInterpreter(provider: provider, model: model, url: url, key: key)
        let response: HTTPResponse
        do {
            response = try await client.send(try httpRequest(for: request, url: url, key: key))
        } catch let error as HTTPError {
            let meaning = failure.error(error, hasBegun: false)
            if let meaning = meaning as? ModelError, isPassing(error) { throw PassingFailure(error: meaning) }
            throw meaning
        }
        guard response.status == 200 else {
            if response.status == 401 { keys.forget(provider) }
            let error = failure.error(
                status: response.status, body: isCompressed(response) ? [] : await beginning(of: response.body),
                contentType: response.header("Content-Type"), retryAfter: response.header("Retry-After"), now: Date())
            // An account without credit also gets 429, and waiting does not help.
            if [429, 502, 503, 504, 529].contains(response.status), error.code != .refusedCredentials {
                throw PassingFailure(error: error)
            }
            throw error
        }
        let framing = try framing(of: response, streams: request.streams, failure)
        return OpenAnswer(
            body: response.body, decoder: AnswerDecoder(format, framing: framing, limits: limits), failure: failure)
    }

    private func httpRequest(for request: ModelRequest, url: String, key: APIKey?) throws -> HTTPRequest {
        provider.request(
            .post(try format.body(of: request, model: model)), url, key: key,
            accept: request.streams ? "text/event-stream, application/json" : "application/json")
    }

    /// Whether a failed connection may succeed a moment later; on this machine only once a server is started.
    private func isPassing(_ error: HTTPError) -> Bool {
        guard provider.unixSocketPath == nil else { return false }
        switch error.code {
        case .connectionLost, .connectTimedOut: return true
        case .dnsFailed, .unreachable: return !provider.isOnThisMachine
        default: return false
        }
    }

    /// How the answer is sent: its content type counts, not the request.
    private func framing(
        of response: HTTPResponse, streams: Bool, _ failure: FailureInterpreter
    ) throws(ModelError) -> AnswerDecoder.Framing {
        if isCompressed(response) { throw failure.error(.malformed("a compressed answer, which was not requested")) }
        switch MediaType(response.header("Content-Type")) {
        case .events: return .events
        case .json: return .document
        case .unsaid: return streams ? .events : .document
        case .html: throw failure.error(.malformed("an HTML page"))
        case .other(let type): throw failure.error(.malformed("an answer of the type \(failure.quote(type) ?? type)"))
        }
    }

    /// Whether the body is compressed; it is never decompressed, since a few bytes may become gigabytes.
    private func isCompressed(_ response: HTTPResponse) -> Bool {
        guard let encoding = response.header("Content-Encoding")?.trimmed.lowercased() else { return false }
        return !encoding.isEmpty && encoding != "identity"
    }

    /// The beginning of an error's body; a failure to read it does not matter beside the error.
    private func beginning(of body: HTTPBody) async -> [UInt8] {
        var bytes: [UInt8] = []
        var iterator = body.makeAsyncIterator()
        while bytes.count < limits.errorBody, let chunk = try? await iterator.next(isolation: #isolation) {
            bytes += chunk.prefix(limits.errorBody - bytes.count)
        }
        return bytes
    }
}

/// The content types of answers.
enum MediaType: Sendable, Equatable {
    /// A stream of server-sent events.
    case events
    /// A JSON document.
    case json
    /// An HTML page, as proxies and login portals send it.
    case html
    /// No type, or a generic one: the answer is taken for what was requested.
    case unsaid
    /// Anything else.
    case other(String)

    /// Reads a `Content-Type` field.
    init(_ field: String?) {
        let type = (field ?? "").split(separator: ";", omittingEmptySubsequences: false)[0].trimmed.lowercased()
        switch type {
        case "text/event-stream": self = .events
        case "application/json": self = .json
        case "text/html", "application/xhtml+xml": self = .html
        case "", "text/plain", "application/octet-stream": self = .unsaid
        default: self = type.hasSuffix("+json") ? .json : .other(type)
        }
    }
}
