import SessionKit
import Terminal
import TerminalText

extension Turn {
    /// The first words of the prompt in quotation marks, for a message.
    var quotedPrompt: String {
        let words = prompt.map { SessionSummary.preview(of: $0.content.text) } ?? ""
        return "“\(DisplayWidth.truncate(ScreenText.safeLine(words), to: 60))”"
    }
}
