/// What a power cut leaves of a file whose bytes were not synced.
enum Remainder: Hashable, Sendable {
    /// What was on the medium.
    case old
    /// The new bytes up to a length.
    case cut(Int)
    /// The new bytes up to a place, zeros from there to a length: the size was written and the data was not.
    case zeros(after: Int, length: Int)
    /// The new bytes up to a place, the old ones after it.
    case overOld(Int)
    /// The new bytes in the blocks of a set, old ones or zeros in the others.
    case blocks(Int)
}
