import Markdown

/// Renders a whole text.
func render(_ text: String, columns: Int = 40, hasColour: Bool = true) -> String {
    render([text], columns: columns, hasColour: hasColour)
}

/// Renders a text that comes in pieces.
func render(_ pieces: [String], columns: Int = 40, hasColour: Bool = true) -> String {
    var renderer = MarkdownRenderer(columns: columns, hasColour: hasColour)
    var output = pieces.reduce(into: "") { $0.unicodeScalars.append(contentsOf: renderer.feed($1).unicodeScalars) }
    output.unicodeScalars.append(contentsOf: renderer.finish().unicodeScalars)
    return output
}

/// Text without the sequences that select styles.
func withoutStyles(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
}

/// A short way to write a styled text in an expectation.
func styled(_ text: String, _ parameters: String) -> String { "\u{1B}[\(parameters)m\(text)\u{1B}[0m" }
