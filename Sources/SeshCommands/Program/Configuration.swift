import Platform
package import ChatModels
import SessionJSON
package import SessionKit
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The configuration file: a JSON object, every key of it optional.
package struct Configuration: Sendable {
    /// The model to use where nothing else names one.
    package var model: String?
    /// Services by name, over or beside the built-in ones.
    package var providers: [String: ProviderConfiguration] = [:]
    /// The models that answer in a model's place when it can't, by its reference.
    package var fallbacks: [ModelReference: [ModelReference]] = [:]
    /// What keeps the sessions, as `StoreAddress` reads it; nil: the sessions directory.
    package var store: String?
    /// Sessions that were not used for so long are removed when a chat ends; nil: none.
    package var sessionTTL: Duration?
    /// Sessions beyond the so many used last are removed when a chat ends; nil: none.
    package var maxSessions: Int?
    /// Whether tokens and seconds are told after each answer.
    package var showsUsage = false
    /// Whether answers are shown as they are, without rendering Markdown on a terminal.
    package var isRaw = false
    /// How many lines typed at the prompt are kept for later runs, 0 or more.
    package var historyLimit = 1000

    /// Makes an empty configuration.
    package init() {}

    /// Reads the configuration file.
    ///
    /// - Parameters:
    ///   - path: where it is.
    ///   - isRequired: whether its absence is an error, because the user named it.
    /// - Throws: `CommandError` with the status `configuration`, naming the file and the key.
    package init(path: String, isRequired: Bool) throws {
        guard let bytes = try TrustedFile(path: path).read() else {
            if !isRequired { return }
            throw CommandError(.configuration, "The configuration \(path) can't be read: there is no such file.")
        }
        let data = Data(bytes)
        do {
            try Self.checkSyntax(bytes)
            let document = try JSONDecoder().decode(Document.self, from: data)
            model = document.model
            store = document.store
            providers = document.providers ?? [:]
            for (name, others) in document.fallback ?? [:] {
                fallbacks[try Self.reference(name)] = try others.map(Self.reference)
            }
            maxSessions = document.maxSessions
            showsUsage = document.showUsage ?? false
            isRaw = document.raw ?? false
            historyLimit = document.historyLimit ?? historyLimit
            sessionTTL = try document.sessionTTL.map { text in
                guard let age = Age.parse(text) else {
                    throw CommandError(.configuration, "\"sessionTTL\" is '\(text)'; it has to be an age like \"30d\".")
                }
                return age
            }
            if let maxSessions, maxSessions < 1 {
                throw CommandError(.configuration, "\"maxSessions\" is \(maxSessions); it has to be 1 or more.")
            }
            guard historyLimit >= 0 else {
                throw CommandError(.configuration, "\"historyLimit\" is \(historyLimit); it has to be 0 or more.")
            }
        } catch {
            throw CommandError(.configuration, "The configuration \(path) does not fit: \(Self.reason(error))")
        }
    }

    /// Foundation's parser takes a trailing comma and names no line.
    private static func checkSyntax(_ bytes: [UInt8]) throws {
        do throws(JSONFlaw) {
            try JSONScanner.check(bytes)
        } catch {
            let place = error.place(in: bytes)
            throw CommandError(
                .configuration, "line \(place.line), column \(place.column): \(error.problem).")
        }
    }

    private static func reference(_ text: String) throws -> ModelReference {
        guard let reference = ModelReference(text) else {
            throw CommandError(.configuration, "\"fallback\" has '\(text)', which is no model: write provider:model.")
        }
        return reference
    }

    private struct Document: Decodable {
        var model: String?
        var store: String?
        var providers: [String: ProviderConfiguration]?
        var fallback: [String: [String]]?
        var sessionTTL: String?
        var maxSessions: Int?
        var showUsage: Bool?
        var historyLimit: Int?
        var raw: Bool?

        init(from decoder: any Decoder) throws {
            let names = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
            // A misspelt key that is passed over in silence would be a setting that does nothing.
            if let unknown = names.sorted().first(where: { Key(rawValue: $0) == nil }) {
                throw CommandError(
                    .configuration,
                    "it has the unknown key \"\(unknown)\"; known are \(Key.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            let container = try decoder.container(keyedBy: Key.self)
            model = try container.decodeIfPresent(String.self, forKey: .model)
            store = try container.decodeIfPresent(String.self, forKey: .store)
            providers = try container.decodeIfPresent([String: ProviderConfiguration].self, forKey: .providers)
            fallback = try container.decodeIfPresent([String: [String]].self, forKey: .fallback)
            sessionTTL = try container.decodeIfPresent(String.self, forKey: .sessionTTL)
            maxSessions = try container.decodeIfPresent(Int.self, forKey: .maxSessions)
            showUsage = try container.decodeIfPresent(Bool.self, forKey: .showUsage)
            historyLimit = try container.decodeIfPresent(Int.self, forKey: .historyLimit)
            raw = try container.decodeIfPresent(Bool.self, forKey: .raw)
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as CommandError: error.message
        case let DecodingError.typeMismatch(_, context), let DecodingError.valueNotFound(_, context):
            "\(path(context)): \(context.debugDescription)"
        case let DecodingError.keyNotFound(key, context): "\(path(context)) lacks \"\(key.stringValue)\"."
        case let DecodingError.dataCorrupted(context): "\(path(context)): \(context.debugDescription)"
        default: String(describing: error)
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.isEmpty
            ? "the document" : "\"" + context.codingPath.map(\.stringValue).joined(separator: ".") + "\""
    }
}
