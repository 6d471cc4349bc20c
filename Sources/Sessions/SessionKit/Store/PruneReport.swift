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
