public import ArgumentParser
public import SessionJSON

extension TranscriptFormat: ExpressibleByArgument {
    /// The form that a file's name asks for; Markdown if the name has no extension.
    ///
    /// - Throws: `CommandError` with the status `usage` for an extension that means another form.
    init(pathOf path: String) throws {
        let name = path.split(separator: "/").last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        switch parts.count > 1 && !parts[0].isEmpty ? parts.last?.lowercased() : nil {
        case nil, "md"?, "markdown"?: self = .markdown
        case "json"?: self = .json
        case "txt"?, "text"?: self = .text
        case let other?:
            throw CommandError(.usage, "A conversation can be saved as .md, .json or .txt, not as .\(other).")
        }
    }
}
