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

    private init(_ transcript: Transcript) {
        let summary = transcript.session.summary
        id = summary.id.rawValue
        title = summary.title
        createdAt = Timestamp.string(from: summary.createdAt)
        updatedAt = Timestamp.string(from: summary.updatedAt)
        model = summary.model?.description
        settings = MessageJSON.Settings(transcript.session.settings)
        messages = []
    }

    /// Writes a conversation, message by message.
    ///
    /// - Parameter put: writes the next piece.
    static func write(_ transcript: Transcript, _ put: (String) throws -> Void) throws {
        let frame = try JSONOutput.encodeDocument(TranscriptJSON(transcript))
        // No text in it can look like this: quotation marks are escaped there.
        let name = "\n  \"messages\" : ["
        guard !transcript.messages.isEmpty, let opening = frame.firstRange(of: name),
            let closing = frame[opening.upperBound...].firstIndex(of: "]")
        else { return try put(frame) }
        try put(String(frame[..<opening.upperBound]))
        for (place, message) in transcript.messages.enumerated() {
            let lines = try JSONOutput.encodeDocument(MessageJSON(message)).split(separator: "\n")
            try put((place == 0 ? "\n" : ",\n") + lines.map { "    " + $0 }.joined(separator: "\n"))
        }
        try put("\n  " + frame[closing...])
    }
}
