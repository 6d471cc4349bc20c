import Terminal
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A prompt written in the person's own editor, `$VISUAL` or `$EDITOR`.
struct PromptEditor: Sendable {
    let environment: [String: String]

    /// Opens a text in the editor and waits until it is left.
    ///
    /// - Parameter text: what it begins with.
    /// - Returns: what was saved, without the line feed that editors put at the end.
    /// - Throws: `CommandError` if there is no editor, or it says that it failed: nothing is to be sent then.
    func edit(_ text: String) async throws -> String {
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let directory = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        // The name ends in .md for the sake of the editor's colours; mode 0600 comes from PrivateFile.
        let path = "\(directory)/sesh-\(UUID().uuidString.prefix(8)).md"
        let file = PrivateFile(path: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await file.create(text.isEmpty ? "" : text + "\n")
        let command = (named ?? "vi") + " \"$1\""
        let status = try await ChildProgram(["/bin/sh", "-c", command, "sh", path], environment: environment).run()
        guard status == 0 else {
            throw CommandError(.failure, "\(named ?? "vi") ended with status \(status); nothing is sent.")
        }
        let data = try Data(contentsOf: URL(filePath: path))
        guard var edited = String(validating: data, as: UTF8.self) else {
            throw CommandError(.malformed, "What \(named ?? "vi") wrote is not UTF-8; nothing is sent.")
        }
        if edited.utf8.last == UInt8(ascii: "\n") { edited.unicodeScalars.removeLast() }
        return edited
    }
}
