#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

/// A turn that was taken back, or replaced by another.
///
/// Members of the entry that this version does not know tell about its being taken back (a reason, a place in a list): they
/// stay as long as the entry does and go with it when the turn returns. Those of its messages return with them.
package struct UndoneRecord {
    /// What is known of it.
    var entry: UndoneTurn
    /// Its messages, oldest first.
    package var messages: [MessageRecord]
    /// Its text if it stands in the document unchanged.
    var range: Range<Int>?

    /// Reads a turn that was taken back.
    static func scan(_ scanner: inout JSONScanner) throws(JSONFlaw) -> UndoneRecord {
        var turn: TurnID?
        var (after, replacedBy): (TurnID?, TurnID?)
        var undoneAt: Date?
        var scanned: [ScannedMessage] = []
        scanner.skipSpace()
        let start = scanner.position
        try scanner.object { scanner, name, _ throws(JSONFlaw) in
            switch name {
            case "turn": turn = try scanner.optionalTurn()
            case "after": after = try scanner.optionalTurn()
            case "replacedBy": replacedBy = try scanner.optionalTurn()
            case "undoneAt": undoneAt = try scanner.optionalDate()
            case "messages":
                try scanner.array { scanner throws(JSONFlaw) in
                    scanned.append(try MessageCodec.scan(&scanner, after: nil, withContent: false))
                }
            default: try scanner.skipValue()
            }
        }
        guard let turn else { throw JSONFlaw(at: start, "the undone turn has no 'turn'") }
        guard !scanned.isEmpty else { throw JSONFlaw(at: start, "the undone turn has no 'messages'") }
        let messages = scanned.map {
            MessageRecord(
                text: .stored($0.range), turn: turn, role: $0.role, lacksTurn: $0.turn != turn,
                hasSettings: $0.settings != nil)
        }
        let entry = UndoneTurn(
            turn: turn, after: after, replacedBy: replacedBy, undoneAt: undoneAt ?? Date(timeIntervalSince1970: 0))
        return UndoneRecord(entry: entry, messages: messages, range: start..<scanner.position)
    }
}
