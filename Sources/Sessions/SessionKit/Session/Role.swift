/// Who speaks in a message.
///
/// Roles of later formats can be read but not continued.
public struct Role: RawRepresentable, Hashable, Sendable {
    /// The role as it stands in the file.
    public let rawValue: String
    /// Takes a role as it stands in a file.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The person.
    public static let user = Role(rawValue: "user")
    /// The model.
    public static let assistant = Role(rawValue: "assistant")
    /// Instructions to the model; a session keeps them in its settings, this is for what is sent.
    public static let system = Role(rawValue: "system")

    /// Whether a conversation that contains such a message can go on in this version.
    public var isContinuable: Bool { self == .user || self == .assistant || self == .system }
}
