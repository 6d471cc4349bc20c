import SessionJSON
import SessionKit
import Terminal
import TerminalText
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes the list of sessions.
struct ListRendering: Pageable {
    let page: SummaryPage
    let format: OutputFormat
    let now: Date

    /// Writes the list: aligned columns with a heading on a terminal, tabs into a pipe, or JSON.
    func write(to output: ScreenOutput) throws {
        switch format {
        case .json: try output.writeLine(JSONOutput.encodeLines(page.entries.map(SummaryJSON.init)))
        case .text where output.isTerminal: try writeColumns(to: output)
        case .text: try output.write(page.entries.map(tabbed).joined())
        }
    }

    /// Whether it fits; each line is cut at the edge of the window, and JSON is for programs.
    func fits(rows: Int, columns: Int) -> Bool { format == .json || page.entries.count < rows }

    /// A line of fields.
    private func tabbed(_ entry: SummaryPage.Entry) -> String {
        switch entry {
        case .session(let summary):
            return "\(summary.id)\t\(summary.messageCount)\t\(Timestamp.string(from: summary.updatedAt))\t"
                + "\(TextTable.field(summary.model?.description ?? "-"))\t\(TextTable.field(summary.title ?? summary.preview))\n"
        case .unreadable(let id, let error):
            return "\(id)\t-\t-\t-\t\(TextTable.field("unreadable: " + error.description))\n"
        }
    }

    private func writeColumns(to output: ScreenOutput) throws {
        guard !page.entries.isEmpty else { return }
        let rows = page.entries.map(columns)
        let widths = (0..<4).map { column in
            min(40, max(Self.heading[column].count, rows.lazy.map { DisplayWidth.of($0[column]) }.max() ?? 0))
        }
        let screen = max(20, output.columns)
        var text = output.styled(line(Self.heading, widths, screen), .bold) + "\n"
        for (row, entry) in zip(rows, page.entries) {
            let line = line(row, widths, screen)
            if case .unreadable = entry { text += output.styled(line, .yellow) } else { text += line }
            text += "\n"
        }
        try output.writeComposed(text)
    }

    private static let heading = ["SESSION", "MESSAGES", "LAST USED", "MODEL", "TITLE"]

    /// The five columns of an entry, each safe on a screen.
    private func columns(_ entry: SummaryPage.Entry) -> [String] {
        switch entry {
        case .session(let summary):
            [
                summary.id.rawValue, String(summary.messageCount),
                Age.ago(now.timeIntervalSince(summary.updatedAt)),
                ScreenText.safeLine(summary.model?.description ?? "-"),
                ScreenText.safeLine(summary.title ?? summary.preview),
            ]
        case .unreadable(let id, let error):
            [id.rawValue, "-", "-", "-", ScreenText.safeLine("unreadable: " + error.description)]
        }
    }

    private func line(_ columns: [String], _ widths: [Int], _ screen: Int) -> String {
        var line = ""
        for (column, width) in zip(columns, widths) {
            let cell = DisplayWidth.truncate(column, to: width)
            line += cell + String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)) + 2)
        }
        return DisplayWidth.truncate(line + columns[4], to: screen)
    }
}
