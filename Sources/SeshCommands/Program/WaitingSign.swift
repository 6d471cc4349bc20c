import Synchronization
package import Terminal
import Platform

/// Shows that an answer is awaited: a few dots on a line that holds nothing else, gone before anything else is written.
///
/// It uses only the carriage return and `ESC [ K`, which every terminal in use knows.
package final class WaitingSign: Sendable {
    private struct State: Sendable {
        /// Counts the waits, so that the drawing of a former one finds that it is over.
        var wait = 0
        var isWaiting = false
        var isDrawn = false
        /// What stands beside the dots.
        var note = ""
    }

    private let output: FileOutput
    private let isEnabled: Bool
    private let state = Mutex(State())

    /// Most answers of near models begin sooner than this, and what flashes by only irritates; in milliseconds.
    private static let delay: UInt32 = 150
    private static let pace: UInt32 = 250
    private static let frames = ["·", "··", "···", "··"]

    /// Makes a sign that is not shown yet.
    ///
    /// - Parameters:
    ///   - output: where it is drawn.
    ///   - isEnabled: false for a sign that never shows, where nobody looks.
    package init(output: FileOutput, isEnabled: Bool) {
        self.output = output
        self.isEnabled = isEnabled
    }

    /// Begins to wait; the sign shows after a moment, if the wait is not over by then.
    ///
    /// The cursor has to stand at the beginning of an empty line.
    package func start() {
        guard isEnabled else { return }
        let wait = state.withLock { state in
            state.wait += 1
            state.isWaiting = true
            state.note = ""
            return state.wait
        }
        // Without a sign where there is no thread left for it.
        try? DetachedThread.start { [self] in
            BlockingThread.pause(milliseconds: Self.delay)
            var frame = 0
            while draw(Self.frames[frame % Self.frames.count], wait) {
                frame += 1
                BlockingThread.pause(milliseconds: Self.pace)
            }
        }
    }

    /// Says beside the dots what is awaited.
    package func note(_ text: String) { state.withLock { $0.note = text } }

    /// Ends the wait and takes the sign away; doing it again does nothing.
    package func end() {
        state.withLock { state in
            state.isWaiting = false
            erase(&state)
        }
    }

    /// Takes the sign away while something else is written; it comes back by itself if the wait goes on.
    ///
    /// - Parameter body: writes whole lines.
    package func makingRoom<Result>(_ body: () throws -> Result) rethrows -> Result {
        try state.withLock { state in
            erase(&state)
            return try body()
        }
    }

    /// Draws a frame.
    ///
    /// - Returns: whether the wait goes on.
    private func draw(_ frame: String, _ wait: Int) -> Bool {
        state.withLock { state in
            guard state.isWaiting, state.wait == wait else { return false }
            // In the background the terminal is another program's to draw on.
            guard TerminalDevice(descriptor: output.descriptor).isInForeground else { return true }
            try? output.write("\r" + frame + (state.note.isEmpty ? "" : " " + state.note) + "\u{1B}[K")
            state.isDrawn = true
            return true
        }
    }

    private func erase(_ state: inout State) {
        guard state.isDrawn else { return }
        state.isDrawn = false
        try? output.write("\r\u{1B}[K")
    }
}
