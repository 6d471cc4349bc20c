#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The log that an engine writes.
package struct LocalEngineLog: Sendable {
    /// The file's path.
    let path: String

    /// The last line that isn't empty, at most 400 characters of it; `nil` if there is none.
    func lastLine() -> String? {
        // Truncated whenever an engine starts, and an engine that failed to start wrote little.
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        let line = data.suffix(64 * 1024).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).last
        return line.map { String(String(decoding: $0, as: UTF8.self).prefix(400)) }
    }

    /// Where to read on, and what the last line says: the end of an error's message.
    func pointer() -> String {
        guard let line = lastLine() else { return "Its log \(path) is empty." }
        return "Its log is \(path); the last line: \(line)"
    }
}
