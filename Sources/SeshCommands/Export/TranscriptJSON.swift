import SessionKit

/// A conversation as JSON, with the names and the shape of a session file, so that it is one: it can be imported, or
/// put into a sessions directory as it is.
struct TranscriptJSON: Encodable {
    let format = "sesh.session/1"
    let id: String
    let title: String?
    let createdAt: String
    let updatedAt: String
    let model: String?
    let settings: MessageJSON.Settings
    let messages: [MessageJSON]

    init(_ transcript: Transcript) {
        let summary = transcript.session.summary
        id = summary.id.rawValue
        title = summary.title
        createdAt = Timestamp.string(from: summary.createdAt)
        updatedAt = Timestamp.string(from: summary.updatedAt)
        model = summary.model?.description
        settings = MessageJSON.Settings(transcript.session.settings)
        messages = transcript.messages.map { MessageJSON($0) }
    }
}
