import SessionKit

/// Notices that more than one command gives.
enum Notices {
    /// The file's name and the id in it differ.
    static func copiedByHand(_ id: SessionID, _ claimed: String) -> String {
        "'\(id)' was copied by hand from '\(claimed)'; it goes on as '\(id)'."
    }

    /// What pruning did.
    static func pruned(_ report: PruneReport, because reason: String) -> String {
        let names = report.removed.map(\.id.rawValue).joined(separator: ", ")
        let count = report.removed.count
        return "Removed \(count) session\(count == 1 ? "" : "s") (\(reason)): \(names)."
    }
}
