#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Which sessions are to go.
///
/// One that meets either criterion goes; with neither, none does.
public struct PruneCriteria: Hashable, Sendable {
    /// Those last used before this moment.
    public var usedBefore: Date?
    /// All but the so many used last, 0 or more.
    public var keep: Int?
    /// Those that stay whatever the criteria say; they count among the kept.
    public var sparing: Set<SessionID>

    /// Makes criteria.
    public init(usedBefore: Date? = nil, keep: Int? = nil, sparing: Set<SessionID> = []) {
        self.usedBefore = usedBefore
        self.keep = keep
        self.sparing = sparing
    }

    /// The sessions that meet the criteria.
    ///
    /// - Parameter summaries: all sessions, last used first.
    package func candidates(among summaries: [SessionSummary]) -> [SessionSummary] {
        let others = summaries.filter { !sparing.contains($0.id) }
        let room = keep.map { $0 - (summaries.count - others.count) }
        return others.enumerated().compactMap { place, summary in
            let tooOld = usedBefore.map { summary.updatedAt < $0 } ?? false
            let tooMany = room.map { place >= $0 } ?? false
            return tooOld || tooMany ? summary : nil
        }
    }
}
