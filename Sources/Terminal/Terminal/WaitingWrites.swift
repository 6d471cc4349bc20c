internal import CSystem

/// Writes of `FileOutput` that wait because nobody reads what is written.
///
/// A program that has been told to end gives them up, or a reader that stands still would keep it for ever.
package enum WaitingWrites {
    /// Gives up the writes that wait, and from now on those that would have to: they fail with `givenUp`.
    ///
    /// - Parameter isGivenUp: false to wait again.
    package static func giveUp(_ isGivenUp: Bool) { sesh_output_give_up(isGivenUp ? 1 : 0) }

    /// Lets the writes that wait notice; one that is just about to wait is missed, so it is to be called again and again.
    package static func wake() { sesh_output_wake() }
}
