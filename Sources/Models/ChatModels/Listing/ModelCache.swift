import Platform
import Synchronization
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The services' lists of models, kept for a day in a file of the cache directory.
///
/// Errors are ignored: a file that can't be read is an empty cache.
final class ModelCache: Sendable {
    private struct File: Codable {
        /// A list.
        struct Entry: Codable {
            /// When it was read, in seconds since 1970.
            var at: Double
            var models: [ListedModel]
        }

        var format = "sesh.models/1"
        /// The lists by address.
        var lists: [String: Entry] = [:]
    }

    private static let lifetime: Double = 86_400

    private let path: String?
    private let now: @Sendable () -> Date
    private let state = Mutex<File?>(nil)

    /// Makes a cache; nothing is read yet.
    ///
    /// - Parameters:
    ///   - directory: the directory of the file, created if it is missing; nil for a cache in memory.
    ///   - now: the clock.
    init(directory: String?, now: @escaping @Sendable () -> Date = { Date() }) {
        path = directory.map { $0 + "/models.json" }
        self.now = now
    }

    /// The models of a service; nil if they were not read within the last day.
    func models(of address: String) -> [ListedModel]? {
        state.withLock { state in
            let entry = loaded(&state).lists[address]
            return entry.flatMap { now().timeIntervalSince1970 - $0.at < Self.lifetime ? $0.models : nil }
        }
    }

    /// Stores the models of a service.
    func keep(_ models: [ListedModel], of address: String) {
        state.withLock { state in
            var file = loaded(&state)
            file.lists[address] = File.Entry(at: now().timeIntervalSince1970, models: models)
            state = file
            write(file)
        }
    }

    /// Stores one model of a service, beside the others.
    func keep(_ model: ListedModel, of address: String) {
        keep((models(of: address) ?? []).filter { $0.name != model.name } + [model], of: address)
    }

    private func loaded(_ state: inout File?) -> File {
        if let file = state { return file }
        let data = path.flatMap { try? Data(contentsOf: URL(filePath: $0)) }
        let file = data.flatMap { try? JSONDecoder().decode(File.self, from: $0) } ?? File()
        state = file
        return file
    }

    private func write(_ file: File) {
        guard let path, let data = try? JSONEncoder().encode(file) else { return }
        let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        // Only this user may read the addresses.
        guard PrivatePath(path: directory).make(), (try? data.write(to: URL(filePath: path), options: .atomic)) != nil
        else { return }
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
