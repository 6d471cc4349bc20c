import SessionKit

/// Settings as they stand in a document.
enum SettingsCodec {
    /// Reads settings; null is none.
    ///
    /// - Returns: the settings, and the members that this version does not know.
    static func scan(
        _ scanner: inout JSONScanner
    ) throws(JSONFlaw) -> (settings: SessionSettings, extras: [JSONMember]) {
        var settings = SessionSettings()
        var extras: [JSONMember] = []
        if try scanner.takeNull() { return (settings, extras) }
        try scanner.object { scanner, name, token throws(JSONFlaw) in
            switch name {
            case "system": settings.system = try scanner.optionalString()
            case "temperature": settings.temperature = try scanner.optionalNumber()
            case "maxTokens": settings.maxTokens = try scanner.optionalCount()
            default: extras.append(JSONMember(name: token, value: try scanner.skipValue()))
            }
        }
        return (settings, extras)
    }

    /// Writes settings.
    ///
    /// - Parameters:
    ///   - settings: the settings; a temperature has to be finite.
    ///   - extras: members to be kept.
    ///   - source: the bytes they stand in.
    static func encode(_ settings: SessionSettings, extras: [JSONMember] = [], of source: [UInt8] = []) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.putIfPresent("system", settings.system)
        if let temperature = settings.temperature { writer.put("temperature", json: Array("\(temperature)".utf8)) }
        if let limit = settings.maxTokens { writer.put("maxTokens", limit) }
        for extra in extras { writer.put(extra, of: source) }
        return writer.finished()
    }
}
