import Platform
import SessionKit
import Terminal
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What Tab offers at the prompt of the REPL.
struct REPLCompletion: Sendable {
    let manager: SessionManager
    let providers: [String]
    /// Models that services listed within a day.
    let references: [String]
    /// What `~` stands for.
    let home: String

    /// The ways to complete a text; nil where it is no command or the command takes nothing that is known.
    ///
    /// Blocks while the sessions are listed, so only for the line editor's thread.
    func completion(of text: String) -> LineCompletion? {
        guard text.hasPrefix("/"), !text.contains("\n") else { return nil }
        guard let space = text.firstIndex(of: " ") else {
            let names = REPLCommand.allCases.map(\.rawValue) + REPLCommand.aliases.keys
            return LineCompletion(text, among: names.map { "/" + $0 }.sorted())
        }
        let argument = String(text[space...].drop { $0 == " " })
        switch text[text.index(after: text.startIndex)..<space] {
        case "session": return LineCompletion(argument, among: summaries.map(\.id.rawValue))
        case "model": return LineCompletion(argument, among: models)
        case "set": return LineCompletion(argument, among: REPLSetting.keys)
        case "copy": return LineCompletion(argument, among: ["code"])
        case "save": return files(argument)
        default: return nil
        }
    }

    private var models: [String] {
        let used = summaries.compactMap { $0.model?.description }
        return Set(used).union(providers).union(["echo", "local"]).union(references).sorted()
    }

    private var summaries: [SessionSummary] {
        let found = BlockingQueue<[SessionSummary]>()
        Task { [manager] in found.append((try? await manager.list())?.sessions ?? []) }
        return found.next()
    }

    private func files(_ argument: String) -> LineCompletion {
        let typed = argument.lastIndex(of: "/").map { String(argument[...$0]) } ?? ""
        let directory = typed.isEmpty ? "." : UserDirectories.expandingHome(typed, home: home)
        let isHidden = argument.dropFirst(typed.count).hasPrefix(".")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
        return LineCompletion(
            argument,
            among: names.filter { isHidden || !$0.hasPrefix(".") }.map { name in
                typed + name + (Path.isDirectory(directory + "/" + name) ? "/" : "")
            })
    }
}
