import ArgumentParser
import ChatModels
import Dispatch
import SessionKit
import Synchronization
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Completes session ids in the shell: the names in the sessions directory, without a look into the files, or the ids that
/// a database gives within a moment.
enum SessionCompletion {
    /// How the shell asks for ids: it runs this program again, at completion time only.
    static let kind = CompletionKind.custom { (_: [String], _: Int, prefix: String) in ids(beginningWith: prefix) }

    private static func ids(beginningWith prefix: String) -> [String] {
        let stores = Stores(Program(.process))
        guard let address = try? stores.address() else { return [] }
        guard case .directory(let path) = address else {
            return databaseIDs(stores.open(address)).map(\.rawValue).filter { $0.hasPrefix(prefix) }.sorted()
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".json") && $0.hasPrefix(prefix) }.map { String($0.dropLast(5)) }
            .filter { (try? SessionID($0)) != nil }.sorted()
    }

    /// Waits on this thread, since the parser asks for completions without a task; a shell is not kept waiting for long.
    private static func databaseIDs(_ store: any SessionStore) -> [SessionID] {
        let found = Mutex<[SessionID]>([])
        let answered = DispatchSemaphore(value: 0)
        Task(executorPreference: globalConcurrentExecutor) {
            let ids = (try? await store.ids()) ?? []
            found.withLock { $0 = ids }
            answered.signal()
        }
        _ = answered.wait(timeout: .now() + 2)
        return found.withLock(\.self)
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
