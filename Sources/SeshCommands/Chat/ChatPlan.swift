import ChatModels
import SessionJSON
import SessionKit

/// What a chat is to do: the options, turned once into what they mean.
struct ChatPlan {
    /// Which session it is in.
    enum Target: Equatable {
        case named(SessionID)
        case lastUsed
        case new
        case ephemeral

        /// Whether the user named it.
        var isNamed: Bool { if case .named = self { true } else { false } }
    }

    /// Where prompts come from.
    enum Source: Equatable {
        /// A person at the terminal.
        case person
        /// The command line, standard input, or both: one prompt.
        case once(words: String?, readsInput: Bool)
        /// Records of standard input, each a prompt, after the words of the command line if there are any.
        case records(terminator: UInt8, words: String?)
    }

    let target: Target
    let source: Source
    let model: ModelReference?
    let changes: [SessionChange]
    /// Within which time the session has to have been used to go on; nil: no matter.
    let resumeAge: Duration?
    let format: OutputFormat
    let streams: Bool
    /// Whether answers are shown as they are.
    let isRaw: Bool
    /// The file of the schema that answers have to fit.
    let schemaPath: String?
    /// How often a request is sent again that failed before its answer began.
    let retries: RetryPolicy

    /// Finds out what the options mean.
    ///
    /// - Parameters:
    ///   - options: what was typed.
    ///   - isInteractive: whether standard input is a terminal.
    /// - Throws: `SessionError` or `CommandError` that says which of them don't fit.
    init(_ options: ChatOptions, isInteractive: Bool) throws {
        target = try Self.target(options)
        source = try Self.source(options, isInteractive: isInteractive)
        format = options.json ? .json : .text
        streams = !options.noStream && options.schema == nil
        schemaPath = options.schema
        isRaw = options.raw
        retries = options.noRetry ? .never : .automatic
        model = try options.model.map { text in
            guard let reference = ModelReference(text) else {
                throw CommandError(.usage, "'\(text)' is no model: write provider:model or a provider's name.")
            }
            return reference
        }
        changes = try Self.changes(options)
        resumeAge = try Self.resumeAge(options)
        if source == .person, options.schema != nil {
            throw CommandError(.usage, "--schema needs a prompt, on the command line or on standard input.")
        }
        if source == .person, options.json {
            throw CommandError(.usage, "--json needs a prompt, on the command line or on standard input.")
        }
    }

    /// The settings of a new session.
    var settings: SessionSettings {
        var settings = SessionSettings()
        for change in changes { change.apply(to: &settings) }
        return settings
    }

    private static func target(_ options: ChatOptions) throws -> Target {
        let named = [options.session != nil, options.continuesLast, options.ephemeral].count { $0 }
        guard named <= 1 else {
            throw CommandError(.usage, "--session, --continue and --ephemeral exclude each other.")
        }
        if let text = options.session { return .named(try SessionID(text)) }
        if options.continuesLast { return .lastUsed }
        return options.ephemeral ? .ephemeral : .new
    }

    private static func resumeAge(_ options: ChatOptions) throws -> Duration? {
        guard let text = options.resumeWithin else { return nil }
        guard options.session != nil else {
            throw CommandError(.usage, "--resume-within needs the session's name: -s ID.")
        }
        guard let age = Age.parse(text) else {
            throw CommandError(.usage, "--resume-within takes an age like 90m, 24h or 7d, not '\(text)'.")
        }
        return age
    }

    private static func source(_ options: ChatOptions, isInteractive: Bool) throws -> Source {
        let words = options.prompt.isEmpty ? nil : options.prompt.joined(separator: " ")
        if options.lines || options.null {
            guard options.lines != options.null else {
                throw CommandError(.usage, "--lines and --null exclude each other.")
            }
            guard !options.ignoresInput else {
                throw CommandError(.usage, "--no-stdin leaves --lines and --null without anything to read.")
            }
            return .records(terminator: options.lines ? UInt8(ascii: "\n") : 0, words: words)
        }
        if words == nil, isInteractive {
            guard !options.ignoresInput else {
                throw CommandError(.usage, "--no-stdin needs a prompt on the command line.")
            }
            return .person
        }
        return .once(words: words, readsInput: !options.ignoresInput && !isInteractive)
    }

    /// A parameter as `NAME=JSON`.
    static func parameter(_ text: String) throws -> SessionChange {
        guard let sign = text.firstIndex(of: "=") else {
            throw CommandError(.usage, "'\(text)' is no parameter: write NAME=JSON.")
        }
        let (name, value) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
        return try parameter(name, value)
    }

    /// A parameter of a name, and a value that is JSON; an empty one takes it away.
    static func parameter(_ name: String, _ value: String) throws -> SessionChange {
        try ModelParameters.check(name)
        guard !value.isEmpty else { return .parameter(name, nil) }
        guard (try? JSONScanner.check(Array(value.utf8))) != nil else {
            throw CommandError(.usage, "The value of '\(name)' is no JSON: \(value). A text is written in quotes.")
        }
        return .parameter(name, value)
    }

    private static func changes(_ options: ChatOptions) throws -> [SessionChange] {
        var changes: [SessionChange] = []
        if let system = options.system { changes.append(.system(system.isEmpty ? nil : system)) }
        if let temperature = options.temperature {
            guard temperature.isFinite, temperature >= 0 else {
                throw CommandError(.usage, "--temperature has to be 0 or more.")
            }
            changes.append(.temperature(temperature))
        }
        if let effort = options.reasoning {
            guard let known = ReasoningEffort.known.first(where: { $0.rawValue == effort }) else {
                throw CommandError(.usage, "--reasoning takes low, medium or high, not '\(effort)'.")
            }
            changes.append(.reasoningEffort(known))
        }
        changes += try options.parameters.map(parameter)
        if let count = options.maxTokens {
            guard count >= 1 else { throw CommandError(.usage, "--max-tokens has to be 1 or more.") }
            changes.append(.maxTokens(count))
        }
        return changes
    }
}
