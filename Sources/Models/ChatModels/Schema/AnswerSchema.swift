public import SessionKit

/// A JSON Schema for an answer, in the subset that services accept.
public struct AnswerSchema: Sendable {
    /// The schema as it was given.
    public let text: String
    private let root: JSONTree

    /// The accepted keywords (OpenAI, "Structured Outputs: supported schemas").
    private static let keywords: Set<String> = [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "description",
        "title", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "$schema", "$defs", "$ref",
        "default", "examples",
    ]

    private static let types: Set<String> = ["object", "array", "string", "number", "integer", "boolean", "null"]

    /// Reads a schema.
    ///
    /// - Parameter text: its JSON.
    /// - Throws: `SessionError` with `malformed` that names what is not accepted.
    public init(_ text: String) throws(SessionError) {
        guard let root = JSONTree(text), case .object = root else {
            throw SessionError(.malformed, "The schema is not a JSON object.")
        }
        self.text = text
        self.root = root
        if let problem = problem(in: root, at: "") {
            throw SessionError(.malformed, "The schema can't be used: \(problem).")
        }
    }

    /// Why an answer does not fit; nil if it does.
    ///
    /// - Parameter answer: the whole answer.
    public func mismatch(in answer: String) -> String? {
        guard let value = JSONTree(answer) else { return "it is not JSON" }
        return mismatch(of: value, with: root, at: "the answer", depth: 0)
    }

    private func problem(in schema: JSONTree, at place: String) -> String? {
        guard case .object(let members) = schema else {
            if case .bool = schema { return nil }
            return "\(place.isEmpty ? "it" : place) is not a schema"
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let here = place + "/" + name
            guard Self.keywords.contains(name) else { return "the keyword \(here) is not one that services accept" }
            switch (name, value) {
            case ("properties", .object(let parts)), ("$defs", .object(let parts)):
                for (part, schema) in parts.sorted(by: { $0.key < $1.key }) {
                    if let problem = problem(in: schema, at: here + "/" + part) { return problem }
                }
            case ("items", _), ("additionalProperties", _):
                if let problem = problem(in: value, at: here) { return problem }
            case ("anyOf", .array(let choices)):
                for choice in choices { if let problem = problem(in: choice, at: here) { return problem } }
            case ("type", _):
                let names = value.list.compactMap(\.string)
                guard names.count == value.list.count, names.allSatisfy(Self.types.contains) else {
                    return "\(here) is not a type of JSON"
                }
            case ("$ref", .string(let reference)):
                guard target(of: reference) != nil else { return "\(here) has no target: \(reference)" }
            case ("properties", _), ("$defs", _), ("anyOf", _), ("$ref", _): return "\(here) is of the wrong type"
            default: break
            }
        }
        return nil
    }

    /// The target of a reference: the whole schema, or one of its definitions.
    private func target(of reference: String) -> JSONTree? {
        if reference == "#" { return root }
        guard reference.hasPrefix("#/$defs/"), case .object(let members) = root,
            case .object(let definitions)? = members["$defs"]
        else { return nil }
        return definitions[String(reference.dropFirst("#/$defs/".count))]
    }

    private func mismatch(of value: JSONTree, with schema: JSONTree, at place: String, depth: Int) -> String? {
        guard case .object(let rules) = schema else { return schema == .bool(false) ? "\(place) is not allowed" : nil }
        // References can be circular without going deeper into the value.
        guard depth < 200 else { return "\(place) is nested too deeply" }
        if case .string(let reference)? = rules["$ref"], let target = target(of: reference) {
            if let found = mismatch(of: value, with: target, at: place, depth: depth + 1) { return found }
        }
        if let types = rules["type"]?.list.compactMap(\.string), !types.contains(where: value.isOfType) {
            return "\(place) is not of the type \(types.joined(separator: " or "))"
        }
        if case .array(let values)? = rules["enum"], !values.contains(value) {
            return "\(place) is not one of the values"
        }
        if let constant = rules["const"], constant != value { return "\(place) is not the required value" }
        if case .array(let choices)? = rules["anyOf"],
            choices.allSatisfy({ mismatch(of: value, with: $0, at: place, depth: depth + 1) != nil })
        {
            return "\(place) fits none of the choices"
        }
        return measure(value, by: rules, at: place) ?? parts(of: value, by: rules, at: place, depth: depth)
    }

    private func measure(_ value: JSONTree, by rules: [String: JSONTree], at place: String) -> String? {
        let size: (number: Double, least: String, most: String)
        switch value {
        case .number(let number): size = (number, "minimum", "maximum")
        case .array(let items): size = (Double(items.count), "minItems", "maxItems")
        case .string(let text): size = (Double(text.unicodeScalars.count), "minLength", "maxLength")
        default: return nil
        }
        if case .number(let least)? = rules[size.least], size.number < least { return "\(place) is below \(least)" }
        if case .number(let most)? = rules[size.most], size.number > most { return "\(place) is above \(most)" }
        return nil
    }

    private func parts(of value: JSONTree, by rules: [String: JSONTree], at place: String, depth: Int) -> String? {
        switch value {
        case .array(let items):
            guard let schema = rules["items"] else { return nil }
            for (index, item) in items.enumerated() {
                if let found = mismatch(of: item, with: schema, at: "\(place)[\(index)]", depth: depth + 1) {
                    return found
                }
            }
        case .object(let members):
            for name in rules["required"]?.list.compactMap(\.string) ?? [] where members[name] == nil {
                return "\(place) lacks '\(name)'"
            }
            let properties = rules["properties"]?.members ?? [:]
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                guard let schema = properties[name] ?? rules["additionalProperties"] else { continue }
                if let found = mismatch(of: member, with: schema, at: "\(place).\(name)", depth: depth + 1) {
                    return found
                }
            }
        default: break
        }
        return nil
    }
}
