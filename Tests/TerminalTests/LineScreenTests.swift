import Foundation
import SeshTestSupport
import Testing

@testable import Terminal
@testable import TerminalText

/// What a person sees while a line is edited, with tmux as the judge.
@Suite(.serialized, .enabled(if: TmuxPane.program != nil))
struct LineScreenTests {
    init() {
        setenv("TERM", "xterm-256color", 1)
        setlocale(LC_CTYPE, "C.UTF-8")
        if setlocale(LC_CTYPE, nil).map({ String(cString: $0) }) != "C.UTF-8" { setlocale(LC_CTYPE, "en_US.UTF-8") }
    }

    private static let windows = 20
    private static let keys = ProcessInfo.processInfo.environment["SESH_SCREEN_KEYS"].flatMap { Int($0) } ?? 200
    private static let counts = PromiseCounts("the screen shows the text and the cursor after a key")

    /// What should be seen of a text, laid out anew from its beginning in the simplest way.
    private static func rows(
        of content: EditingSession.Content, columns: Int
    ) -> (rows: [String], cursor: (row: Int, column: Int)) {
        var rows = [""]
        var column = 0
        var cursor = (row: 0, column: 0)
        func newRow() {
            rows.append("")
            column = 0
        }
        for (index, cluster) in (content.clusters + [""]).enumerated() {
            let isTab = cluster == "\t"
            let glyph = cluster.first.flatMap { ["\n", "\t"].contains($0) ? nil : LineGlyph($0) }
            if let glyph, column > 0, column + glyph.columns > columns { newRow() }
            if index == content.cursor { cursor = (rows.count - 1, column) }
            if cluster == "\n" { newRow() }
            if isTab {
                let count = min(8 - column % 8, columns - column)
                rows[rows.count - 1] += String(repeating: " ", count: count)
                column += count
            }
            if let glyph {
                rows[rows.count - 1] += glyph.text
                column += glyph.columns
            }
            if column >= columns { newRow() }
        }
        return (rows.map { row in String(row.reversed().drop { $0 == " " }.reversed()) }, cursor)
    }

    /// What is wrong with a screen; nil if nothing is.
    private static func fault(
        _ screen: TmuxPane.Screen, _ content: EditingSession.Content, columns: Int, height: Int
    ) -> String? {
        let (rows, cursor) = rows(of: content, columns: columns)
        let top = cursor.row - screen.cursorRow
        let isCursorRight = screen.cursorColumn == cursor.column && top >= 0 && top <= max(0, rows.count - height)
        let visible = top >= 0 && top <= rows.count ? Array(rows[top..<min(rows.count, top + height)]) : []
        let expected = visible + Array(repeating: "", count: max(0, height - visible.count))
        if isCursorRight, expected == screen.rows { return nil }
        return """
            the cursor is in \(screen.cursorRow), \(screen.cursorColumn), in the text in \(cursor)
            seen:
            \(screen.rows.joined(separator: "|\n"))|
            the text:
            \(rows.joined(separator: "|\n"))|
            """
    }

    @Test(
        "After any key in any window it is what the text is, and Ctrl-L changes nothing", .thorough,
        arguments: 0..<windows)
    func random(seed: Int) async throws {
        try await onOwnThread {
            let pane = try TmuxPane()
            var random = RandomKeys(seed: UInt64(seed))
            let (columns, height) = (random.number(in: 8...90), random.number(in: 2...14))
            try pane.reset(columns: columns, rows: height)
            let editing = try EditingSession(
                columns: columns, rows: height, prompt: random.prompt(), history: ["needle", "日本の x", "two\nlines"])
            var (content, written) = try editing.settle()
            try pane.write(written)
            var typed: [String] = []
            for index in 0..<Self.keys {
                let key = random.next()
                typed.append(key)
                try editing.terminal.type(key)
                do {
                    (content, written) = try editing.settle()
                } catch {
                    Issue.record("\(error) after \(typed.suffix(12))")
                    break
                }
                try pane.write(written)
                let screen = try pane.screen()
                let fault = Self.fault(screen, content, columns: columns, height: height)
                guard Self.counts.add(fault == nil) else {
                    Issue.record(
                        """
                        \(columns) x \(height), after \(typed.suffix(12)), of which the last made \
                        \(written.debugDescription): \(fault ?? "")
                        """)
                    break
                }
                guard index % 8 == 0 else { continue }
                try editing.terminal.type("\u{C}")
                (content, written) = try editing.settle()
                try pane.write(written)
                #expect(try pane.screen() == screen, "Ctrl-L after \(typed.suffix(12))")
            }
            editing.terminal.hangUp()
        }
    }
}
