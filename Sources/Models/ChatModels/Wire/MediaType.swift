/// What a content type means for an answer.
enum MediaType: Sendable, Equatable {
    /// A stream of server-sent events.
    case events
    /// A JSON document.
    case json
    /// A page for people, as proxies and login portals send it.
    case html
    /// No type, or one that says nothing: the answer is what was asked for.
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
