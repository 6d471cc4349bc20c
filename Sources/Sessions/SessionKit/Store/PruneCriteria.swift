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
    /// Those that stay whatever the criteria say; they keep their place among the others.
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
    public func candidates(among summaries: [SessionSummary]) -> [SessionSummary] {
        summaries.enumerated().compactMap { place, summary in
            guard !sparing.contains(summary.id) else { return nil }
            let tooOld = usedBefore.map { summary.updatedAt < $0 } ?? false
            let tooMany = keep.map { place >= $0 } ?? false
            return tooOld || tooMany ? summary : nil
        }
    }
}

/// What pruning did, or would do.
public struct PruneReport: Sendable {
    /// The sessions that went, or would go.
    public var removed: [SessionSummary]
    /// Those that met the criteria but stay, because a turn in them is live or they were used meanwhile.
    public var spared: [SessionSummary]
    /// Those that met the criteria but could not be removed, or could not be looked at, and why.
    public var failed: [(id: SessionID, error: SessionError)]
    /// What ended it early, or why the removals may not survive a power cut; nil if all went well.
    public var error: SessionError?

    /// Makes a report.
    public init(
        removed: [SessionSummary] = [], spared: [SessionSummary] = [],
        failed: [(id: SessionID, error: SessionError)] = [], error: SessionError? = nil
    ) {
        self.removed = removed
        self.spared = spared
        self.failed = failed
        self.error = error
    }
}
