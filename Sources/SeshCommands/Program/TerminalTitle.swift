import Synchronization
package import Terminal
import TerminalText

/// The title of the terminal's window while the program runs; the former one comes back on leaving.
///
/// OSC 2 sets it, CSI 22;2 t and CSI 23;2 t save and restore it on the terminal's own stack (xterm control sequences,
/// "Window manipulation"); a terminal without that stack keeps the last title.
package final class TerminalTitle: Sendable {
    private enum State: Sendable {
        case untouched
        case set(String)
        case suspended(String)
        case restored
    }

    private let output: FileOutput
    private let isEnabled: Bool
    private let state = Mutex(State.untouched)

    /// Makes a title that is not shown yet.
    ///
    /// - Parameters:
    ///   - output: the terminal.
    ///   - isEnabled: false where there is no terminal that has a title.
    package init(output: FileOutput, isEnabled: Bool) {
        self.output = output
        self.isEnabled = isEnabled
    }

    /// Shows a title, saving the one that was there the first time.
    ///
    /// - Parameter text: what to show, from anywhere; made safe and cut here.
    package func show(_ text: String) {
        guard isEnabled else { return }
        let title = DisplayWidth.truncate(ScreenText.safeLine(text), to: 100)
        state.withLock { state in
            switch state {
            case .restored, .set(title): return
            case .untouched, .suspended: try? output.write(Self.save)
            case .set: break
            }
            try? output.write(Self.setting(title))
            state = .set(title)
        }
    }

    /// Brings the former title back for as long as the program is stopped.
    package func suspend() {
        state.withLock { state in
            guard case .set(let title) = state else { return }
            try? output.write(Self.reload)
            state = .suspended(title)
        }
    }

    /// Shows what was shown before `suspend()`.
    package func resume() {
        state.withLock { state in
            guard case .suspended(let title) = state else { return }
            try? output.write(Self.save + Self.setting(title))
            state = .set(title)
        }
    }

    /// Brings the former title back; after that this one never shows again.
    package func restore() {
        state.withLock { state in
            if case .set = state { try? output.write(Self.reload) }
            state = .restored
        }
    }

    private static let save = "\u{1B}[22;2t"
    private static let reload = "\u{1B}[23;2t"
    private static func setting(_ title: String) -> String { "\u{1B}]2;\(title)\u{7}" }
}
