import SessionKit

/// What `/set KEY VALUE` asks for.
enum REPLSetting: Equatable {
    /// A setting that is stored in the session.
    case session(SessionChange)
    /// Whether answers are shown as they are; nil: as the command line and the configuration say.
    case raw(Bool?)

    /// The keys there are, as completion offers them.
    static let keys = ["maxTokens", "raw", "temperature"]

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
        case "raw": self = .raw(try Self.raw(value))
        default:
            throw CommandError(
                .usage,
                "There is no setting '\(key)': there are temperature, maxTokens and raw; /system and /model set the "
                    + "others.")
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

    private static func raw(_ value: String) throws -> Bool? {
        switch value {
        case "on": return true
        case "off": return false
        case "-": return nil
        default: throw CommandError(.usage, "raw takes on or off, or - for what the configuration says.")
        }
    }
}
