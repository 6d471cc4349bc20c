/// The sequences of bracketed paste (xterm control sequences, "Bracketed Paste Mode").
enum BracketedPaste {
    static let on = "\u{1B}[?2004h"
    /// The same while keys only wait for a prompt.
    ///
    /// The cursor is named too, which is visible already (DECTCEM, 25), so that who reads a terminal's bytes, such as a
    /// script that drives the program, sees a prompt only where there is one.
    static let onWhileHeld = "\u{1B}[?25;2004h"
    static let off = "\u{1B}[?2004l"
    /// What a terminal sends before the pasted text.
    static let start = "\u{1B}[200~"
    /// What a terminal sends after the pasted text.
    static let end = Array("\u{1B}[201~".utf8)
}
