import SessionKit

/// What of a session goes along with the next prompt, for people.
struct ContextDescription {
    private let standing: ContextStanding

    init(_ standing: ContextStanding) { self.standing = standing }

    /// The turns on one line, the tokens on another.
    var text: String {
        let report = standing.report
        if report.turnCount + report.leftOutCount == 0 { return "This session has no turn yet.\n" + tokens }
        let turns =
            report.leftOutCount == 0
            ? "All of this session goes along with the next prompt: \(Self.turns(report.turnCount))."
            : "With the next prompt go the last \(Self.turns(report.turnCount)); \(Self.turns(report.leftOutCount)) before "
                + "are no longer sent and stay in the session."
        return turns + "\n" + tokens
    }

    private var tokens: String {
        guard let window = standing.report.window else {
            return "The model's window is not known, so nothing is left out before the service asks for it."
        }
        let tokens = standing.report.estimatedTokens ?? 0
        return "About \(tokens) of the window's \(window) tokens (\(100 * tokens / max(1, window)) %)."
    }

    private static func turns(_ count: Int) -> String { count == 1 ? "1 turn" : "\(count) turns" }
}
