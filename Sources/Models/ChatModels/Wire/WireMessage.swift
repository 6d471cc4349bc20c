import SessionKit

/// A message as both wire APIs write it.
struct WireMessage: Encodable {
    let role: String
    let content: String

    init(_ message: ModelRequest.Message) {
        role = message.role.rawValue
        content = message.content.text
    }
}
