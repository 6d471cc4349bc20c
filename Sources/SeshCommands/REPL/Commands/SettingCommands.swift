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
        switch try REPLSetting(argument) {
        case .session(let change): try await place.change(change)
        case .raw(let isRaw): place.isRaw = isRaw ?? desk.isRaw
        case .reasoning(let isShown): place.showsReasoning = isShown ?? true
        }
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
            reasoning    \(place.showsReasoning ? "shown" : "hidden")
            raw          \(place.isRaw ? "on" : "off")
            system       \(settings.system ?? "none")
            """)
        // What is rarely set is shown where it is.
        let effort = settings.reasoningEffort.map { [("reasoning-effort", $0.rawValue)] } ?? []
        for (name, value) in effort + settings.parameters.values.sorted(by: { $0.key < $1.key }) {
            try console.say(name + String(repeating: " ", count: max(2, 13 - name.count)) + value)
        }
    }
}
