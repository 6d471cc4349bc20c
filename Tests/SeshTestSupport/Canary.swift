package import Foundation
package import Testing

/// A key that every run of the program has in its environment and that must be nowhere else afterwards.
package enum Canary {
    package static let key = "sk-canary"

    /// Variables that hold keys, but for those that decide which model is the default.
    package static let variables = [
        "OPENROUTER_API_KEY", "GROQ_API_KEY", "MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "XAI_API_KEY", "LLAMA_API_KEY",
    ]

    /// A test's own file that may contain the key: its name begins so.
    package static let source = "holds-key-"

    private static let counts = PromiseCounts("a run leaves the key in no output, session, history or log")

    /// Checks all that runs have left in a directory: standard streams, sessions, line history, logs, and what fake
    /// programs have written of their arguments and environment.
    package static func expectSilence(below root: URL, location: SourceLocation = #_sourceLocation) throws {
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        let bytes = Data(key.utf8)
        var found: [String] = []
        for path in paths where !path.split(separator: "/").contains(where: { $0.hasPrefix(source) }) {
            let url = root.appending(path: path)
            let kind = try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
            // What goes away meanwhile, or is too long to have come from a test of keys, is not looked at.
            guard kind == .typeRegular, let text = try? Data(contentsOf: url, options: .alwaysMapped),
                text.count < 1 << 24
            else { continue }
            if text.range(of: bytes) != nil { found.append(path) }
        }
        #expect(found.isEmpty, "the key is in \(found)", sourceLocation: location)
        counts.add(found.isEmpty)
    }
}
