package import SessionKit

/// A message's text: part of the bytes of the document it was read from, or to be written.
package enum JSONText {
    /// A part of the document's bytes.
    case stored(Range<Int>)
    /// A new message, with members and settings from the document's bytes. It becomes text only when the document is written: an
    /// answer of 64 MiB is not held twice. Indirect, since there can be millions of the other kind.
    indirect case new(Message, extras: [JSONMember] = [], settings: SettingsRecord = SettingsRecord())
}
