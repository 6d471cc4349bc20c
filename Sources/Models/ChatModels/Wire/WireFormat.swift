import HTTPTransport
import SessionKit

/// A wire API: how a request is written and how an answer is read.
///
/// It does no I/O.
protocol WireFormat: Sendable {
    /// What follows the base URL.
    var path: String { get }

    /// The most tokens that an answer gets where the request says nothing; nil if nothing is sent then.
    var answerLimit: Int? { get }

    /// Writes the body of a request.
    ///
    /// - Parameters:
    ///   - request: the messages and options.
    ///   - model: the model's name there.
    func body(of request: ModelRequest, model: String) throws -> [UInt8]

    /// Reads one event of a streamed answer.
    func read(_ event: ServerSentEvent, into progress: inout AnswerProgress) throws(WireFault)

    /// Reads an answer that came as one document.
    func read(document: [UInt8], into progress: inout AnswerProgress) throws(WireFault)
}
