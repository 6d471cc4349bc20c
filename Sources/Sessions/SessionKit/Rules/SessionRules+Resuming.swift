#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension SessionRules {
    /// Whether a session goes on: it was used lately, or somebody waits for an answer in it.
    ///
    /// - Parameters:
    ///   - summary: the session.
    ///   - headers: its headers.
    ///   - limit: the moment since which it has to have been used.
    ///   - isLive: whether somebody waits for the answer to a pending prompt.
    public static func goesOn(
        _ summary: SessionSummary, _ headers: some SessionHeaders, usedSince limit: Date,
        isLive: (TurnID) throws -> Bool
    ) rethrows -> Bool {
        if summary.updatedAt >= limit { return true }
        return try headers.pendingHeaders.contains { try isLive($0.turn) }
    }

    /// What a session is called whose place a new one takes: `support-20261121-0215`, the minute of its last use in UTC;
    /// if that is taken, `support-20261121-0215-2` and so on.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - usedAt: when it was used last.
    ///   - isTaken: whether there is a session of an id, or of one that differs by case only.
    /// - Throws: `SessionError`, `invalidID` if that is too long for an id; what `isTaken` throws.
    public static func formerID(
        of id: SessionID, usedAt: Date, isTaken: (SessionID) throws -> Bool
    ) throws -> SessionID {
        let digits = Timestamp.string(from: usedAt).utf8.prefix(16)
            .filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.map { Character(Unicode.Scalar($0)) }
        let stamped = "\(id)-\(String(digits.prefix(8)))-\(String(digits.dropFirst(8)))"
        var (name, number) = (try SessionID(stamped), 1)
        while try isTaken(name) {
            number += 1
            name = try SessionID("\(stamped)-\(number)")
        }
        return name
    }
}
