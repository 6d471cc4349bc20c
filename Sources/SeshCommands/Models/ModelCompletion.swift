import ArgumentParser
import ChatModels
import SessionKit

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
