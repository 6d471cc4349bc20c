import SessionKit

/// Settings as they stand in a document.
package enum SettingsCodec {
    /// Reads settings; null is none.
    static func scan(_ scanner: inout JSONScanner) throws(JSONFlaw) -> SettingsRecord {
        var record = SettingsRecord()
        if try scanner.takeNull() { return record }
        let start = scanner.position
        try scanner.object { scanner, name, token throws(JSONFlaw) in
            scanner.skipSpace()
            let start = scanner.position
            switch name {
            case "system": record.settings.system = try scanner.optionalString()
            case "temperature": record.settings.temperature = try scanner.optionalNumber()
            case "parameters":
                guard scanner.peek() == UInt8(ascii: "{") else {
                    try scanner.skipValue()
                    return
                }
                try scanner.object { scanner, name, _ throws(JSONFlaw) in
                    let value = try scanner.skipValue()
                    var line: [UInt8] = []
                    JSONCompaction.append(Array(scanner.text(of: value).utf8)[...], to: &line)
                    record.settings.parameters[name] = String(decoding: line, as: UTF8.self)
                }
            case "reasoningEffort":
                record.settings.reasoningEffort = try scanner.optionalString().map(ReasoningEffort.init(rawValue:))
            case "maxTokens": record.settings.maxTokens = try scanner.optionalCount()
            default:
                record.extras.append(JSONMember(name: token, value: try scanner.skipValue()))
                return
            }
            record.members[name] = JSONMember(name: token, value: start..<scanner.position)
        }
        record.range = start..<scanner.position
        return record
    }

    /// Writes settings; what did not change is copied as it stood: 0.70 stays 0.70.
    ///
    /// - Parameters:
    ///   - settings: the settings; a temperature has to be finite.
    ///   - record: what stood there before; its unknown members are kept.
    ///   - source: the bytes it stands in.
    static func encode(
        _ settings: SessionSettings, keeping record: SettingsRecord = SettingsRecord(), of source: [UInt8] = []
    ) -> [UInt8] {
        if let range = record.range, settings == record.settings {
            var bytes: [UInt8] = []
            JSONCompaction.append(source[range], to: &bytes)
            return bytes
        }
        var writer = JSONObjectWriter()
        func put<Value: Equatable>(_ name: String, _ value: Value?, _ old: Value?, _ encode: (Value) -> [UInt8]) {
            guard let value else { return }
            if value == old, let member = record.members[name] {
                writer.put(member, of: source)
            } else {
                writer.put(name, json: encode(value))
            }
        }
        func string(_ text: String) -> [UInt8] {
            var bytes: [UInt8] = []
            JSONString.encode(text, into: &bytes)
            return bytes
        }
        put("system", settings.system, record.settings.system, string)
        put("temperature", settings.temperature, record.settings.temperature) { Array("\($0)".utf8) }
        put("maxTokens", settings.maxTokens, record.settings.maxTokens) { Array(String($0).utf8) }
        put("reasoningEffort", settings.reasoningEffort, record.settings.reasoningEffort) { string($0.rawValue) }
        let parameters = settings.parameters.isEmpty ? nil : settings.parameters
        put("parameters", parameters, record.settings.parameters) { parameters in
            var object = JSONObjectWriter()
            for (name, value) in parameters.values.sorted(by: { $0.key < $1.key }) {
                object.put(name, json: Array(value.utf8))
            }
            return object.finished()
        }
        for extra in record.extras { writer.put(extra, of: source) }
        return writer.finished()
    }
}

/// Settings as they stand in a document, with what is needed to write them again byte for byte.
package struct SettingsRecord {
    /// What they say.
    var settings = SessionSettings()
    /// The members that this version knows, by name.
    var members: [String: JSONMember] = [:]
    /// Members that this version does not know.
    var extras: [JSONMember] = []
    /// Where the whole object stands; nil if there is none.
    var range: Range<Int>?
}
