#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

/// Gives messages that name no turn (a file edited by hand) the one they belong to.
///
/// A prompt begins a turn, what follows it belongs to it. The identity follows from the session, the place and the
/// time, so that every read gives the same one until a write puts it into the file.
struct TurnAssignment {
    let session: SessionID
    let createdAt: Date?

    /// The records of a whole history.
    func records(of scanned: [ScannedMessage]) -> [MessageRecord] {
        var open: TurnID?
        var records: [MessageRecord] = []
        records.reserveCapacity(scanned.count)
        for (place, message) in scanned.enumerated() {
            let continued = message.role == .user ? nil : open
            let turn = message.turn ?? continued ?? derived(at: place, message)
            open = turn
            records.append(
                MessageRecord(
                    text: .stored(message.range), turn: turn, role: message.role, lacksTurn: message.turn == nil,
                    hasSettings: message.settings != nil))
        }
        return records
    }

    private func derived(at place: Int, _ message: ScannedMessage) -> TurnID {
        var generator = SplitMix64(seed: FNV1a.hash(session.rawValue.utf8) ^ UInt64(place))
        let date = message.createdAt ?? createdAt ?? Date(timeIntervalSince1970: 0)
        return TurnID.generate(at: date, using: &generator)
    }
}
