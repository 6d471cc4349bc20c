import ArgumentParser
import ChatModels
import SessionKit
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Completes session ids in the shell: the names in the sessions directory, without a look into the files.
enum SessionCompletion {
    /// How the shell asks for ids: it runs this program again, at completion time only.
    static let kind = CompletionKind.custom { (_: [String], _: Int, prefix: String) in ids(beginningWith: prefix) }

    private static func ids(beginningWith prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Program(.process).sessionsDirectory)) ?? []
        return names.filter { $0.hasSuffix(".json") && $0.hasPrefix(prefix) }.map { String($0.dropLast(5)) }
            .filter { (try? SessionID($0)) != nil }.sorted()
    }
}

/// Completes models in the shell: providers, and what was listed within a day; nobody is asked.
enum ModelCompletion {
    /// How the shell asks for them: it runs this program again, at completion time only.
    static let kind = CompletionKind.custom { (_: [String], _: Int, prefix: String) in
        let program = Program(.process)
        guard let configuration = try? program.configuration() else { return [] }
        let catalog = program.catalog(configuration)
        let names = catalog.providerNames + catalog.knownReferences.map(\.description)
        return names.filter { $0.hasPrefix(prefix) }.sorted()
    }
}
