/// What a driver says, among its system calls, before and after each change.
struct Mark: Codable, Sendable {
    /// The change.
    var change: String
    /// Whether the change is acknowledged.
    var isDone: Bool
    /// Which of several recoveries it is of; nil outside of them.
    var part: Int?
    /// The worlds that a disk may hold from here on, whenever the power goes.
    var worlds: [World]
}
