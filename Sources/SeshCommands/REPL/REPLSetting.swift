import SessionKit

/// What `/set KEY VALUE` asks for.
enum REPLSetting: Equatable {
    /// A setting that is stored in the session.
    case session(SessionChange)
    /// Whether answers are shown as they are; nil: as the command line and the configuration say.
    case raw(Bool?)
    /// Whether what a model reasons is shown; nil: yes.
    case reasoning(Bool?)

    /// The keys there are, as completion offers them.
    static let keys = ["maxTokens", "raw", "reasoning", "reasoning-effort", "temperature"]

    /// Finds out what is to be set.
    ///
    /// - Parameter text: key and value; `-` takes the setting away.
    /// - Throws: `CommandError` with the status `usage`, naming the keys there are or the value's range.
    init(_ text: String) throws {
        let key = text.prefix { !$0.isWhitespace }
        let value = String(text.dropFirst(key.count).drop(while: \.isWhitespace))
        switch key {
        case "temperature": self = .session(.temperature(try Self.temperature(value)))
        case "maxTokens", "max-tokens", "maxtokens": self = .session(.maxTokens(try Self.maxTokens(value)))
        case "reasoning": self = .reasoning(try Self.reasoning(value))
        case "reasoning-effort", "reasoningEffort": self = .session(.reasoningEffort(try Self.effort(value)))
        case "raw": self = .raw(try Self.raw(value))
        default:
            // A slip of the finger is no parameter of a service.
            let parameter = value == "-" ? "" : value
            guard !value.isEmpty, NearNames.of(String(key), among: Self.keys).isEmpty,
                let change = try? ChatPlan.parameter(String(key), parameter)
            else {
                throw CommandError(
                    .usage,
                    "There is no setting '\(key)': there are \(Self.keys.joined(separator: ", ")); /system and /model set "
                        + "the others. A parameter of the service takes JSON, as in /set top_p 0.9.")
            }
            self = .session(change)
        }
    }

    private static func temperature(_ value: String) throws -> Double? {
        if value == "-" { return nil }
        guard let number = Double(value), number.isFinite, number >= 0 else {
            throw CommandError(.usage, "temperature takes a number, 0 or more, or - for the model's own.")
        }
        return number
    }

    private static func maxTokens(_ value: String) throws -> Int? {
        if value == "-" { return nil }
        guard let count = Int(value), count >= 1 else {
            throw CommandError(.usage, "maxTokens takes a whole number, 1 or more, or - for the model's own.")
        }
        return count
    }

    private static func reasoning(_ value: String) throws -> Bool? {
        switch value {
        case "shown": return true
        case "hidden": return false
        case "-": return nil
        default: throw CommandError(.usage, "reasoning takes shown or hidden, or - for shown.")
        }
    }

    private static func effort(_ value: String) throws -> ReasoningEffort? {
        if value == "-" { return nil }
        guard let effort = ReasoningEffort.known.first(where: { $0.rawValue == value }) else {
            throw CommandError(.usage, "reasoning-effort takes low, medium or high, or - for the model's own way.")
        }
        return effort
    }

    private static func raw(_ value: String) throws -> Bool? {
        switch value {
        case "on": return true
        case "off": return false
        case "-": return nil
        default: throw CommandError(.usage, "raw takes on or off, or - for what the configuration says.")
        }
    }
}
