import Foundation
import Testing

/// The README of the project.
struct Readme {
    let text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }

    /// The first block of code of a language that contains a text.
    func block(_ language: String, containing part: String = "") throws -> String {
        let blocks = text.components(separatedBy: "\n```\(language)\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
        return try #require(blocks.first { part.isEmpty || $0.contains(part) })
    }
}
