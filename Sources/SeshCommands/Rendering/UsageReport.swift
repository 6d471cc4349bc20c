import SessionKit

/// What a conversation cost, as far as the services said.
struct UsageReport {
    private let answers: [Message]

    /// Counts the answers among messages.
    init(_ messages: [Message]) { answers = messages.filter { $0.role == .assistant } }

    /// The sums of the session and the figures of its last answer, a line each.
    ///
    /// - Parameter lastAnswer: how long an answer of this run took, and which it was.
    func text(lastAnswer: (turn: TurnID, duration: Duration)?) -> String {
        guard let last = answers.last else { return "No answer yet." }
        let counted = answers.compactMap(\.usage)
        let input = counted.compactMap(\.inputTokens).reduce(0, Self.sum)
        let output = counted.compactMap(\.outputTokens).reduce(0, Self.sum)
        var session = "session      \(answers.count) answer\(answers.count == 1 ? "" : "s")"
        session += counted.isEmpty ? ", tokens not known" : " · \(input) tokens in · \(output) out"
        if !counted.isEmpty, counted.count < answers.count {
            session += " (\(answers.count - counted.count) without a count)"
        }
        let duration = lastAnswer.flatMap { $0.turn == last.turn ? $0.duration : nil }
        return session + "\nlast answer  " + Self.line(last.usage, duration)
    }

    /// The figures of one answer on one line.
    ///
    /// - Parameters:
    ///   - usage: what the service counted, if it did.
    ///   - duration: from the prompt to the end of the answer; nil if it was not measured.
    static func line(_ usage: TokenUsage?, _ duration: Duration?) -> String {
        var parts: [String] = []
        if let input = usage?.inputTokens { parts.append("\(input) tokens in") }
        if let output = usage?.outputTokens { parts.append("\(output) \(parts.isEmpty ? "tokens " : "")out") }
        if parts.isEmpty { parts.append("tokens not known") }
        if let duration {
            let seconds = duration / .seconds(1)
            parts.append("\(tenths(seconds)) s")
            if let output = usage?.outputTokens, seconds > 0 {
                parts.append("\(tenths(Double(output) / seconds)) tokens/s")
            }
        }
        return parts.joined(separator: " · ")
    }

    /// Counts come from servers, so they may be as large as they like.
    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }

    private static func tenths(_ value: Double) -> String {
        let rounded = Int((min(value, 1e12) * 10).rounded())
        return "\(rounded / 10).\(rounded % 10)"
    }
}
