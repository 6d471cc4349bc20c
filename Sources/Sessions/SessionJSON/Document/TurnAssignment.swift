import Platform
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

/// Gives messages that name no turn (a file edited by hand) the one they belong to.
///
/// A prompt begins a turn, what follows it belongs to it. The identity follows from the session, the place and the
/// message's time, so that every read gives the same one until a write puts it into the file.
package struct TurnAssignment {
    private let session: SessionID
    /// How many messages there were.
    private(set) var count = 0
    private(set) var last: TurnID?

    /// Begins with the first message of a session.
    init(session: SessionID) { self.session = session }

    /// The record of the next message.
    mutating func record(of message: ScannedMessage) -> MessageRecord {
        let continued = message.role == .user ? nil : last
        let turn = message.turn ?? continued ?? derived(message)
        count += 1
        last = turn
        return MessageRecord(
            text: .stored(message.range), turn: turn, role: message.role, lacksTurn: message.turn == nil,
            hasSettings: message.settings != nil)
    }

    private func derived(_ message: ScannedMessage) -> TurnID {
        var generator = SplitMix64(seed: FNV1a.hash(session.rawValue.utf8) ^ UInt64(count))
        return TurnID.generate(at: message.createdAt ?? Date(timeIntervalSince1970: 0), using: &generator)
    }
}
