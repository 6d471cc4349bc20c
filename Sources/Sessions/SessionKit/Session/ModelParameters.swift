/// Parameters of a request that have no setting of their own: by name, each a JSON value as text, sent as it is.
public struct ModelParameters: Hashable, Sendable {
    /// The values, each the text of one JSON value.
    public private(set) var values: [String: String]

    /// Makes parameters of values that are JSON, under names that are free.
    public init(_ values: [String: String] = [:]) { self.values = values }

    /// The names that a request has for what is set otherwise, or must not be set at all.
    private static let taken: Set<String> = [
        "model", "messages", "input", "system", "instructions", "stream", "stream_options", "store", "temperature",
        "max_tokens", "max_completion_tokens", "max_output_tokens", "reasoning", "reasoning_effort", "thinking",
        "response_format", "text", "output_config", "n", "tools", "previous_response_id",
    ]

    /// Checks that a name can be a parameter's.
    ///
    /// - Throws: `SessionError` with `invalidSetting`.
    public static func check(_ name: String) throws(SessionError) {
        let isName =
            !name.isEmpty && name.utf8.count <= 64
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789_.-".unicodeScalars.contains($0))
            }
        guard isName else {
            throw SessionError(.invalidSetting, "'\(name.prefix(64))' can't be the name of a parameter.")
        }
        guard !taken.contains(name) else {
            throw SessionError(
                .invalidSetting, "The parameter '\(name)' is set in another way, or not to be set at all.")
        }
    }

    /// The value of a name; nil takes it away.
    public subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Whether there is none.
    public var isEmpty: Bool { values.isEmpty }
}
