#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A terminal at a descriptor: its size and modes.
package struct TerminalDevice: Sendable {
    /// The descriptor, which the caller keeps open.
    package let descriptor: Int32
    private let columnsOverride: Int?

    /// Makes a terminal of a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: any descriptor, even of something else.
    ///   - columnsVariable: the value of `COLUMNS`, which overrides the window's size if it is a positive number.
    package init(descriptor: Int32, columnsVariable: String? = nil) {
        self.descriptor = descriptor
        columnsOverride = columnsVariable.flatMap { Int($0) }.flatMap { (1...10_000).contains($0) ? $0 : nil }
    }

    /// Whether the descriptor is a terminal.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether this process is in the foreground and may draw.
    package var isInForeground: Bool { tcgetpgrp(descriptor) == getpgrp() }

    /// The width of the window in columns; 80 where it is unknown.
    package var columns: Int {
        if let columnsOverride { return columnsOverride }
        let columns = Int(size.ws_col)
        return columns > 0 ? columns : 80
    }

    /// The height of the window in rows; 24 where it is unknown.
    package var rows: Int {
        let rows = Int(size.ws_row)
        return rows > 0 ? rows : 24
    }

    /// All zero where it is unknown.
    private var size: winsize {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : winsize()
    }

    /// The present modes, to be restored when the program ends; nil if it is not a terminal.
    package func modes() -> TerminalModes? {
        var modes = termios()
        guard tcgetattr(descriptor, &modes) == 0 else { return nil }
        return TerminalModes(descriptor: descriptor, saved: modes)
    }
}
