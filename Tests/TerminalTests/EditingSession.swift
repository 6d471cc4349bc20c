import Foundation
import SeshTestSupport
import Synchronization

@testable import Terminal

/// A line that is edited on a terminal, with everything stopped whenever the editor waits for a key.
final class EditingSession {
    /// What the editor has, when all of it should be on the screen.
    struct Content: Sendable, Equatable {
        /// The prompt and the text, one cluster each.
        var clusters: [String] = []
        /// The cluster that the cursor is on.
        var cursor = 0
    }

    /// The editor has left, or does nothing.
    struct Hang: Error {}

    let terminal: PseudoTerminal
    private final class Latest: Sendable { let content = Mutex(Content()) }

    private let latest = Latest()
    private let isWaiting = DispatchSemaphore(value: 0)
    private static let fence = "\u{1B}[5n"

    init(columns: Int, rows: Int, prompt: String, history: [String]) throws {
        terminal = try PseudoTerminal(columns: UInt16(columns), rows: UInt16(rows))
        let options = LineEditorOptions(input: terminal.slave, output: terminal.slave, programName: "sesh")
        let started = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [latest, isWaiting] in
            guard let editor = try? LineEditor(options) else { return }
            for entry in history { editor.remember(entry) }
            editor.willWait = { [unowned editor] in
                let shown = editor.content
                latest.content.withLock {
                    $0 = Content(
                        clusters: shown.elements.map { editor.clusters.decode(CollectionOfOne($0)) },
                        cursor: shown.cursor)
                }
                isWaiting.signal()
            }
            started.signal()
            _ = editor.readLine(prompt: prompt)
        }
        started.wait()
    }

    /// Waits until the editor has drawn and waits.
    ///
    /// - Returns: what it has, and what it has written since the last time.
    func settle() throws -> (Content, written: String) {
        guard isWaiting.wait(timeout: .now() + 20) == .success else {
            throw Hang()
        }
        // Behind all that the editor has written.
        let fence = Array(Self.fence.utf8)
        _ = write(terminal.slave, fence, fence.count)
        let written = try terminal.wait(for: Self.fence).dropLast(Self.fence.count)
        return (latest.content.withLock { $0 }, String(written))
    }
}
