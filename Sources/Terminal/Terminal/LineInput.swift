/// What came of reading a line.
package enum LineInput: Sendable, Equatable {
    /// The text, without the line feed that ended it; it may hold line feeds of its own.
    ///
    /// It is verbatim when it began with a paste or was written as a block between `"""`: then it is words, whatever
    /// it begins with, and never a command.
    case line(String, isVerbatim: Bool = false)
    /// Ctrl-C: what had been typed is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfFile
    /// A signal that ends programs; the terminal has its former modes back.
    case terminated(signal: Int32)
}
