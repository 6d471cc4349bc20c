import HTTPTransport

/// An answer whose head has arrived.
struct OpenAnswer: Sendable {
    /// Its bytes.
    let body: HTTPBody
    /// What makes events of them.
    var decoder: AnswerDecoder
    /// What makes errors of failures.
    let failure: FailureInterpreter
}
