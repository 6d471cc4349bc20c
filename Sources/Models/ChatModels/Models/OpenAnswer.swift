import HTTPTransport

/// An answer whose head has arrived.
struct OpenAnswer: Sendable {
    /// Its bytes.
    let body: HTTPBody
    /// What makes events of them.
    var decoder: AnswerDecoder
    /// What makes errors of failures.
    let failure: FailureInterpreter
    /// What keeps the engine that answers from going idle, if it is the local one.
    var hold: EngineHold?
}
