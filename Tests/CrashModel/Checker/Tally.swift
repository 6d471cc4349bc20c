/// How much was tried.
struct Tally: Sendable {
    var calls = 0
    var points = 0
    var states = 0
    var distinct = 0
    var opened = 0
    var failures = 0

    /// Adds another's figures.
    static func += (left: inout Tally, right: Tally) {
        left.calls += right.calls
        left.points += right.points
        left.states += right.states
        left.distinct += right.distinct
        left.opened += right.opened
        left.failures += right.failures
    }
}
