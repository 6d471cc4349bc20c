import SessionKit
import Terminal

/// Writes an answer to standard output as it arrives.
///
/// The line break that ends it is the acknowledgement that the turn is durable: those at the end of the text are held
/// back until `finish`.
struct AnswerPrinter {
    private let output: ScreenOutput
    private var heldBreaks = 0
    private var heldBlanks = ""
    private var hasWritten = false

    init(output: ScreenOutput) { self.output = output }

    /// Writes a piece.
    mutating func write(_ piece: String) throws {
        // An answer of white space only is none, so nothing is written before the first visible word.
        let piece = heldBlanks + piece
        guard hasWritten || piece.hasVisibleWord else {
            heldBlanks = piece
            return
        }
        heldBlanks = ""
        let breaks = piece.utf8.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        let body = piece.utf8.dropLast(breaks)
        guard !body.isEmpty else {
            heldBreaks += breaks
            return
        }
        let text = String(repeating: "\n", count: heldBreaks) + String(Substring(body))
        heldBreaks = breaks
        hasWritten = true
        try output.write(text)
    }

    /// Writes the end of the answer, once the turn is durable.
    mutating func finish() throws {
        try output.write(String(repeating: "\n", count: max(1, heldBreaks)))
        heldBreaks = 0
    }

    /// Whether something stands on the line that has not been ended.
    var isMidLine: Bool { hasWritten }
}
