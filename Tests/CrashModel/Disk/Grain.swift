/// How finely the states of a file are told apart.
enum Grain: Sendable {
    /// Cut at every byte.
    case everyByte
    /// Cut at the first, the last, and one in the middle.
    case coarse
}
