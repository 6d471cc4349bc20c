/// A stream that asks for more memory than it is worth.
enum ServerSentEventError: Error, Equatable, CustomStringConvertible {
    /// One line has more than this many bytes.
    case lineTooLong(limit: Int)
    /// One event has more than this many bytes, its line ends and field names included.
    case eventTooLong(limit: Int)

    var description: String {
        switch self {
        case .lineTooLong(let limit): "the server sent a line of more than \(limit) bytes"
        case .eventTooLong(let limit): "the server sent an event of more than \(limit) bytes"
        }
    }
}
