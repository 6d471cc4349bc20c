#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A descriptor as a terminal: what it is, how wide, and the modes it had.
package struct TerminalDevice: Sendable {
    /// The descriptor, kept open by somebody else.
    package let descriptor: Int32
    private let columnsOverride: Int?

    /// Looks at a descriptor as a terminal.
    ///
    /// - Parameters:
    ///   - descriptor: any descriptor, also one that is no terminal.
    ///   - columnsVariable: the value of `COLUMNS`, which wins over the window's size when it is a positive number.
    package init(descriptor: Int32, columnsVariable: String? = nil) {
        self.descriptor = descriptor
        columnsOverride = columnsVariable.flatMap { Int($0) }.flatMap { (1...10_000).contains($0) ? $0 : nil }
    }

    /// Whether the descriptor is a terminal.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether it is this process's to draw on: not in the background, where it is another program's.
    package var isInForeground: Bool { tcgetpgrp(descriptor) == getpgrp() }

    /// The width of the window in columns; 80 where it is unknown.
    package var columns: Int {
        if let columnsOverride { return columnsOverride }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// The height of the window in rows; 24 where it is unknown.
    package var rows: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
        return Int(size.ws_row)
    }

    /// The modes the terminal has now, to be restored when the program ends; nil if it is none.
    package func modes() -> TerminalModes? {
        var modes = termios()
        guard tcgetattr(descriptor, &modes) == 0 else { return nil }
        return TerminalModes(descriptor: descriptor, saved: modes)
    }
}
