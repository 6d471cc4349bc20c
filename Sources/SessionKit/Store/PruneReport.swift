/// What pruning did, or would do.
public struct PruneReport: Sendable {
    /// The sessions that went, or would go.
    public var removed: [SessionSummary]
    /// Those that met the criteria but stay, because a turn in them is live or they were used meanwhile.
    public var spared: [SessionSummary]
    /// Those that met the criteria but could not be removed, and why.
    public var failed: [(summary: SessionSummary, error: SessionError)]

    /// Makes a report.
    public init(
        removed: [SessionSummary] = [], spared: [SessionSummary] = [],
        failed: [(summary: SessionSummary, error: SessionError)] = []
    ) {
        self.removed = removed
        self.spared = spared
        self.failed = failed
    }
}
