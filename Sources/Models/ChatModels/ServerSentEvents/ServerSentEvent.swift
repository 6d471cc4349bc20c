/// One event of a server-sent event stream.
struct ServerSentEvent: Sendable, Equatable {
    /// The event's type; `message` unless the server named one.
    var type = "message"
    /// The values of its `data` lines, joined by line feeds.
    var data = ""
    /// The last id that the server gave, to this event or to one before it; empty when there was none.
    var lastEventID = ""
}
