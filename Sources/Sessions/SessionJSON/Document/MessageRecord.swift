package import SessionKit

/// A message of a document: its text, and what has to be known of it without reading its words.
package struct MessageRecord: MessageHeader {
    /// Its text.
    var text: JSONText
    /// The turn it belongs to.
    package var turn: TurnID
    /// Who said it.
    package var role: Role
    /// Whether its text names no turn, so that one has to be added when it is written.
    package var lacksTurn = false
    /// Whether it records settings.
    var hasSettings = false

    /// The same record without the words; nil if its text stands in the document already.
    var withoutWords: MessageRecord? {
        guard case .new(var message, let extras, let settings) = text else { return nil }
        message.content = ""
        message.reasoning = nil
        var record = self
        record.text = .new(message, extras: extras, settings: settings)
        return record
    }
}

/// A message's text: part of the bytes of the document it was read from, or to be written.
package enum JSONText {
    /// A part of the document's bytes.
    case stored(Range<Int>)
    /// A new message, with members and settings from the document's bytes. It becomes text only when the document is written: an
    /// answer of 64 MiB is not held twice. Indirect, since there can be millions of the other kind.
    indirect case new(Message, extras: [JSONMember] = [], settings: SettingsRecord = SettingsRecord())
}
