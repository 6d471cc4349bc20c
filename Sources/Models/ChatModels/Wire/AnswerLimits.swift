/// How much a service may send.
struct AnswerLimits: Sendable {
    /// Bytes of one line of a stream.
    var line = 1 << 20
    /// Bytes of one event of a stream.
    var event = 8 << 20
    /// Bytes of the text of an answer.
    var answer = 64 << 20
    /// Bytes of an answer that comes as one document: decoding it takes four times as much memory (measured).
    var document = 16 << 20
    /// Bytes of a whole stream, 16 for each of the text: events without words keep a connection awake, but not for ever.
    var stream = 1 << 30
    /// Events one after another that say nothing at all.
    ///
    /// At ten a second, which is often for keeping a connection awake,
    /// they last for hours; sent as fast as they can be, for some seconds.
    var emptyEvents = 100_000
    /// Bytes of the body of an error that are looked at.
    var errorBody = 64 << 10
}
