#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import SessionKit

/// A conversation that was read from another document than a session's own file.
public struct ImportedConversation: Sendable {
    /// A name for people.
    public var title: String?
    /// What it asks of a model.
    public var settings = SessionSettings()
    /// The model it goes on with.
    public var model: ModelReference?
    /// The history.
    public var turns: [Turn] = []
    /// How many prompts without an answer the document has; they stay behind.
    public var unansweredCount = 0

    /// Reads a document: a session's, an array of messages, an object with such an array as `messages`, or messages one
    /// after another (JSON Lines).
    ///
    /// All or nothing: a message that a session can't hold is an error.
    ///
    /// - Parameters:
    ///   - bytes: the whole document.
    ///   - name: what it is called in an error: a file's name.
    /// - Throws: `SessionError` with `malformed`, naming the place, or with `newerFormat`.
    public init(_ bytes: [UInt8], named name: String) throws(SessionError) {
        do throws(DocumentFlaw) {
            self = try Self.read(bytes)
        } catch {
            guard !error.isNewer else {
                throw SessionError(
                    .newerFormat, "\(name) is of a newer format than this version knows; use a newer version.")
            }
            let place = error.flaw.place(in: bytes)
            let path = error.flaw.pathText.isEmpty ? "" : "\(error.flaw.pathText): "
            throw SessionError(
                .malformed,
                "\(name) can't be imported: \(path)\(error.flaw.problem) (line \(place.line), column \(place.column)).")
        }
    }

    private init() {}

    private static func read(_ bytes: [UInt8]) throws(DocumentFlaw) -> ImportedConversation {
        do throws(JSONFlaw) {
            let shape = try ImportShape(bytes)
            if shape != .session { return try messages(shape, bytes) }
        } catch {
            throw DocumentFlaw(flaw: error, isNewer: false)
        }
        return try session(bytes)
    }

    private static func messages(_ shape: ImportShape, _ bytes: [UInt8]) throws(JSONFlaw) -> ImportedConversation {
        var conversation = ImportedConversation()
        (conversation.turns, conversation.settings.system) = try ImportedMessages(shape, bytes).grouped()
        // The history records settings where they begin, as if they had been set in this program.
        if !conversation.settings.isEmpty, let first = conversation.turns.first {
            var messages = first.messages
            messages[0].settings = conversation.settings
            conversation.turns[0] = Turn(id: first.id, messages: messages)
        }
        return conversation
    }

    private static func session(_ bytes: [UInt8]) throws(DocumentFlaw) -> ImportedConversation {
        // Neither the id nor the time of the file is taken over; a new session gets its own.
        let document = try SessionDocument(bytes, id: .generate(), modified: Date(timeIntervalSince1970: 0))
        guard !document.format.isNewer else {
            throw DocumentFlaw(flaw: JSONFlaw(at: 0, "the format is newer"), isNewer: true)
        }
        var conversation = ImportedConversation()
        do {
            conversation.turns = Turn.grouping(try document.messages(document.messages))
        } catch {
            throw DocumentFlaw(flaw: error, isNewer: false)
        }
        conversation.title = document.summary.title
        conversation.settings = document.settings
        conversation.model = document.summary.model
        conversation.unansweredCount = document.pending.count
        return conversation
    }
}
