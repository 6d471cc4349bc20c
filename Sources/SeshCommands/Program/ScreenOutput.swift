package import Terminal
import TerminalText

/// A standard stream that knows whether a person looks at it.
///
/// On a terminal all text is made safe first; into a file or pipe it goes unchanged. Each stream decides for itself.
package struct ScreenOutput: Sendable {
    /// Where bytes go.
    package let file: FileOutput
    /// Whether it is a terminal.
    package let isTerminal: Bool
    /// Whether colour may be used.
    package let hasColour: Bool
    private let device: TerminalDevice

    /// Takes a stream.
    ///
    /// - Parameters:
    ///   - descriptor: an open descriptor.
    ///   - allowsColour: whether colour may be used if it is a terminal.
    ///   - columns: the variable `COLUMNS`, if it is set.
    package init(descriptor: Int32, allowsColour: Bool, columns: String? = nil) {
        file = FileOutput(descriptor: descriptor)
        device = TerminalDevice(descriptor: descriptor, columnsVariable: columns)
        isTerminal = device.isTerminal
        hasColour = allowsColour && isTerminal
    }

    private init(file: FileOutput, like other: ScreenOutput) {
        self.file = file
        device = other.device
        isTerminal = other.isTerminal
        hasColour = other.hasColour
    }

    /// The same screen reached through another program, such as a pager.
    ///
    /// - Parameter descriptor: that program's input; what is written there looks as it would on the screen itself.
    package func redirected(to descriptor: Int32) -> ScreenOutput {
        ScreenOutput(file: FileOutput(descriptor: descriptor), like: self)
    }

    /// How many columns the screen has; 80 if nobody knows.
    package var columns: Int { device.columns }

    /// How many lines the screen has; 24 if nobody knows.
    package var rows: Int { device.rows }

    /// Writes text that came from elsewhere: safe on a terminal, unchanged otherwise.
    ///
    /// - Throws: an error of `FileOutput`.
    package func write(_ text: String) throws { try file.write(isTerminal ? ScreenText.safe(text) : text) }

    /// Writes text and a line break, its words kept whole at the edge of a terminal.
    package func writeWords(_ text: String) throws {
        try writeLine(isTerminal ? DisplayWidth.wrap(ScreenText.safe(text), to: columns) : text)
    }

    /// Writes a line in a style, its words kept whole at the edge of a terminal.
    package func writeWords(_ line: String, _ style: Style) throws {
        guard isTerminal else { return try writeLine(line) }
        let rows = DisplayWidth.wrap(ScreenText.safeLine(line), to: columns).split(separator: "\n")
        try writeComposed(rows.map { styled(String($0), style) + "\n" }.joined())
    }

    /// Writes text and a line break.
    package func writeLine(_ text: String) throws { try write(text + "\n") }

    /// One line of text, in which line breaks become visible on a terminal, in a style.
    package func styled(_ text: String, _ style: Style) -> String {
        let safe = isTerminal ? ScreenText.safeLine(text) : text
        return hasColour ? SGR.selecting([style.parameter]) + safe + SGR.plain : safe
    }

    /// Writes text that this program composed of safe parts, control sequences included.
    package func writeComposed(_ text: String) throws { try file.write(text) }

    /// A look of text on a terminal.
    package enum Style: Sendable {
        /// Strong.
        case bold
        /// Weak.
        case dim
        /// Of a role.
        case cyan
        /// Of something amiss.
        case yellow

        fileprivate var parameter: UInt8 {
            switch self {
            case .bold: SGR.bold
            case .dim: SGR.dim
            case .cyan: SGR.Colour.cyan.rawValue
            case .yellow: SGR.Colour.yellow.rawValue
            }
        }
    }
}
