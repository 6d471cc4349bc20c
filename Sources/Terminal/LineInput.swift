/// What came of reading a line.
package enum LineInput: Sendable, Equatable {
    /// The line as it was typed or pasted, without the line feed that ended it; it may hold line feeds of its own.
    case line(String)
    /// Ctrl-C: what had been typed is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfFile
    /// A signal that ends programs; the terminal has its former modes back.
    case terminated(signal: Int32)
}
