/// How much was tried, and how much of it went wrong.
struct Tally: Sendable {
    /// System calls recorded.
    var calls = 0
    /// Processes killed.
    var kills = 0
    /// Moments at which the power went.
    var points = 0
    /// States that were judged.
    var states = 0
    /// Those that differ from each other.
    var distinct = 0
    /// Those that the real store opened and went on from.
    var opened = 0
    /// Faulty stores.
    var mutants = 0
    /// Those whose fault was noticed.
    var caught = 0
    /// States that must not be.
    var failures = 0

    /// Adds another's figures.
    static func += (left: inout Tally, right: Tally) {
        left.calls += right.calls
        left.kills += right.kills
        left.points += right.points
        left.states += right.states
        left.distinct += right.distinct
        left.opened += right.opened
        left.mutants += right.mutants
        left.caught += right.caught
        left.failures += right.failures
    }
}
