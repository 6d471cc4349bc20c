import Platform
import SessionKit

extension ProviderConfiguration: Decodable {
    /// The names of a provider's settings.
    package enum Setting: String, CodingKey, CaseIterable {
        case api, baseURL, unixSocketPath, keyVariable, keyVariables, keyCommand, keyHeader, defaultModel, headers,
            allowInsecure
        case connectTimeout, firstByteTimeout, idleTimeout, tokenLimitParameter, asksForUsage, contextWindow
    }

    /// Reads the settings.
    ///
    /// - Throws: `ModelError` with `configuration` for a setting that does not exist or is invalid. The message has no
    ///   values, which may be keys by mistake.
    public init(from decoder: any Decoder) throws {
        self.init()
        let place = decoder.codingPath.settingName
        guard let names = try? decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue) else {
            throw ModelError(.configuration, "\(place) is not an object of settings.")
        }
        for name in names.sorted() where Setting(rawValue: name) == nil { throw Self.unknown(name, in: place) }
        let settings = try decoder.container(keyedBy: Setting.self)
        func read<Value: Decodable>(_ type: Value.Type, _ setting: Setting, _ what: String) throws -> Value? {
            guard settings.contains(setting) else { return nil }
            do {
                return try settings.decode(type, forKey: setting)
            } catch let error as ModelError {
                throw error
            } catch {
                throw ModelError(.configuration, "\(place).\(setting.rawValue) is not \(what).")
            }
        }
        api = try read(WireAPI.self, .api, Self.oneOf(WireAPI.self))
        baseURL = try read(String.self, .baseURL, "a string").map { String($0.trimmed) }
        unixSocketPath = try read(String.self, .unixSocketPath, "a string")
        keyCommand = try read(KeyCommand.self, .keyCommand, "a command")
        keyVariables = try read([String].self, .keyVariables, "an array of names")
        if let single = try read(String.self, .keyVariable, "a name") { keyVariables = [single] + (keyVariables ?? []) }
        keyHeader = try read(String.self, .keyHeader, "a string").map { String($0.trimmed) }
        defaultModel = try read(String.self, .defaultModel, "a string")
        headers = try read([String: String].self, .headers, "an object of strings")
        allowInsecure = try read(Bool.self, .allowInsecure, "true or false")
        connectTimeout = try read(Double.self, .connectTimeout, "a number of seconds")
        firstByteTimeout = try read(Double.self, .firstByteTimeout, "a number of seconds")
        idleTimeout = try read(Double.self, .idleTimeout, "a number of seconds")
        tokenLimitParameter = try read(
            TokenLimitParameter.self, .tokenLimitParameter, Self.oneOf(TokenLimitParameter.self))
        asksForUsage = try read(Bool.self, .asksForUsage, "true or false")
        contextWindow = try read(
            ContextWindowSetting.self, .contextWindow, "a number of tokens, or an object of such numbers by model")
    }

    private static func oneOf<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> String {
        "one of " + type.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    }

    private static func unknown(_ name: String, in place: String) -> ModelError {
        if ["key", "apikey", "api_key", "token", "secret"].contains(name.lowercased()) {
            return ModelError(
                .configuration,
                "\(place).\(name): a key has no place in the configuration; name the variable that holds it in "
                    + "\"keyVariable\", or the command that prints it in \"keyCommand\".")
        }
        let near = NearNames.of(name, among: Setting.allCases.map(\.rawValue), limit: 1).first
        return ModelError(
            .configuration,
            "\(place).\(name) is not a setting of a provider" + (near.map { "; did you mean \"\($0)\"?" } ?? "."))
    }
}

extension [any CodingKey] {
    /// The name of a setting in the configuration file, such as `providers.openai.baseURL`.
    var settingName: String {
        isEmpty ? "The provider's configuration" : map(\.stringValue).joined(separator: ".")
    }
}
