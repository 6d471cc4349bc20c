import SessionKit

/// A wire API: how a request is written and how an answer is read, without any I/O.
protocol WireFormat: Sendable {
    /// The path that is appended to the base URL.
    var path: String { get }

    /// The most tokens that an answer gets where the request sets no limit; nil if no limit is sent then.
    var answerLimit: Int? { get }

    /// Writes the body of a request.
    ///
    /// - Parameters:
    ///   - request: the messages and options.
    ///   - model: the model's name at the service.
    func body(of request: ModelRequest, model: String) throws -> [UInt8]

    /// Reads one event of a streamed answer; it has data.
    func read(_ event: ServerSentEvent, into progress: inout AnswerProgress) throws(WireFault)

    /// Reads an answer that came as one document.
    func read(document: [UInt8], into progress: inout AnswerProgress) throws(WireFault)
}

/// Why reading an answer has to stop.
enum WireFault: Error, Sendable {
    /// The service says that it failed, in place of the answer or in the middle of it.
    case service(ServiceReport)
    /// What arrived is not an answer; the text says what arrived instead.
    case malformed(String)
    /// The answer exceeds a limit; the text says which.
    case tooMuch(String)
    /// The connection ended before the answer did.
    case cut
}

/// A message as every wire API writes it.
struct WireMessage: Encodable {
    let role: String
    let content: String

    init(_ message: ModelRequest.Message) {
        role = message.role.rawValue
        content = message.content.text
    }
}

extension ModelRequest {
    /// The system messages as one text, for APIs that have a field of their own for it; nil if there are none.
    var systemText: String? {
        let text = messages.filter { $0.role == .system }.map(\.content.text).joined(separator: "\n\n")
        return text.isEmpty ? nil : text
    }

    /// The messages other than the system's.
    var conversation: [WireMessage] { messages.filter { $0.role != .system }.map { WireMessage($0) } }
}
