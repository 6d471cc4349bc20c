/// The windows of a provider's models, as the configuration gives them: one for all, or one for each.
public enum ContextWindowSetting: Sendable, Equatable {
    /// The same for every model, in tokens.
    case all(Int)
    /// By the model's name.
    case byModel([String: Int])

    /// The window of a model, in tokens; nil if nothing is said of it.
    public func window(of model: String) -> Int? {
        switch self {
        case .all(let tokens): tokens
        case .byModel(let windows): windows[model]
        }
    }
}

extension ContextWindowSetting: Decodable {
    /// Reads a number of tokens, 1 or more, or an object of such numbers.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let tokens = try? value.decode(Int.self) {
            self = .all(tokens)
        } else {
            self = .byModel(try value.decode([String: Int].self))
        }
        let isGood =
            switch self {
            case .all(let tokens): tokens > 0
            case .byModel(let windows): windows.values.allSatisfy { $0 > 0 }
            }
        guard isGood else { throw DecodingError.dataCorruptedError(in: value, debugDescription: "not positive") }
    }
}
