import SessionKit

@testable import SessionFiles
@testable import SessionJSON

/// The first line alone says what the whole document says, and a document that is written has such a line.
enum SummaryFuzz {
    static func run(_ input: [UInt8]) {
        let head = Array(input.prefix(SummaryLine.longest))
        let quick = SummaryLine.parse(head, id: FuzzDocument.id, modified: FuzzDocument.modified)
        guard let document = FuzzDocument.read(input) else { return }
        if let quick {
            Promise.holds(quick == claims(of: document, as: quick), "the first line says what the document says")
        }
        guard !document.format.isNewer else { return }
        let written = FuzzDocument.written(document)
        let line = written.prefix { $0 != UInt8(ascii: "\n") }
        if line.count > 1 {
            Promise.holds(line.count < SummaryLine.longest, "the first line fits")
            let own = SummaryLine.parse(
                Array(written.prefix(SummaryLine.longest)), id: FuzzDocument.id, modified: FuzzDocument.modified)
            Promise.holds(own != nil, "what is written has a first line")
            Promise.holds(
                own?.messageCount == document.messages.count && own?.pendingCount == document.pending.count,
                "the first line counts")
        }
    }

    /// The document's summary with the counts that the first line claims, which only a reader of the whole can check.
    private static func claims(of document: SessionDocument, as line: SessionSummary) -> SessionSummary {
        var summary = document.summary
        summary.messageCount = line.messageCount
        summary.pendingCount = line.pendingCount
        return summary
    }
}
