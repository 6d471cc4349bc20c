import ChatModels
import SessionKit

/// The commands of the REPL about what is asked of a model.
struct SettingCommands: Sendable {
    let desk: ChatDesk
    let console: REPLConsole

    /// Does `/model [REF]`.
    func model(_ argument: String, in place: inout REPLPlace) throws {
        guard !argument.isEmpty else { return try console.say("\(place.model().reference) answers here.") }
        guard let reference = ModelReference(argument) else {
            throw CommandError(.usage, "'\(argument)' is no model: write provider:model or a provider's name.")
        }
        let model = try desk.catalog.model(for: reference)
        place.chosenModel = reference
        desk.catalog.prepare(model)
        try console.say("\(reference) answers from now on.")
    }

    /// Does `/system [TEXT]`.
    func system(_ argument: String, in place: inout REPLPlace) async throws {
        guard !argument.isEmpty else {
            return try console.say(place.intended.settings.system ?? "No system prompt is set.")
        }
        try await place.change(.system(argument == "-" ? nil : argument))
        try console.say(argument == "-" ? "The system prompt is gone." : "The system prompt is set.")
    }

    /// Does `/set [KEY VALUE]`.
    func set(_ argument: String, in place: inout REPLPlace) async throws {
        guard !argument.isEmpty else { return try show(place) }
        let change = try Self.change(argument)
        try await place.change(change)
        try show(place)
    }

    private func show(_ place: REPLPlace) throws {
        let settings = place.intended.settings
        let own = "the model's own"
        try console.say(
            """
            model        \((try? place.model().reference.description) ?? "none")
            temperature  \(settings.temperature.map { "\($0)" } ?? own)
            maxTokens    \(settings.maxTokens.map(String.init) ?? own)
            system       \(settings.system ?? "none")
            """)
    }

    /// Finds out what a setting is to be.
    ///
    /// - Parameter text: key and value; `-` takes the setting away.
    /// - Throws: `CommandError` with the status `usage`, naming the keys there are or the value's range.
    static func change(_ text: String) throws -> SessionChange {
        let key = text.prefix { !$0.isWhitespace }
        let value = text.dropFirst(key.count).drop(while: \.isWhitespace)
        let isCleared = value == "-"
        switch key {
        case "temperature":
            if isCleared { return .temperature(nil) }
            guard let number = Double(value), number.isFinite, number >= 0 else {
                throw CommandError(.usage, "temperature takes a number, 0 or more, or - for the model's own.")
            }
            return .temperature(number)
        case "maxTokens", "max-tokens", "maxtokens":
            if isCleared { return .maxTokens(nil) }
            guard let count = Int(value), count >= 1 else {
                throw CommandError(.usage, "maxTokens takes a whole number, 1 or more, or - for the model's own.")
            }
            return .maxTokens(count)
        default:
            throw CommandError(
                .usage,
                "There is no setting '\(key)': there are temperature and maxTokens; /system and /model set the others.")
        }
    }
}
