/// The part of a link between parentheses, as it arrives: an address and perhaps a title.
struct LinkDestination {
    /// The effect of a scalar.
    enum Step { case goesOn, isComplete, isNone }

    private enum Part: Equatable { case address, bracketed, gap, title(Unicode.Scalar), end }

    /// The text, without the parentheses.
    private(set) var scalars: [Unicode.Scalar] = []
    private var part = Part.address
    private var depth = 0

    /// Parses a scalar.
    ///
    /// - Returns: `isComplete` at the closing parenthesis; `isNone` if this is not a destination, without adding the
    ///   scalar.
    mutating func take(_ scalar: Unicode.Scalar) -> Step {
        let step = step(scalar)
        if step == .goesOn { scalars.append(scalar) }
        return step
    }

    private mutating func step(_ scalar: Unicode.Scalar) -> Step {
        switch (part, scalar) {
        case (.address, "<") where scalars.isEmpty: part = .bracketed
        case (.address, "("): depth += 1
        case (.address, ")"):
            if depth == 0 { return .isComplete }
            depth -= 1
        case (.address, " "), (.address, "\t"): part = .gap
        case (.address, _): break
        case (.bracketed, _): if scalar == ">" { part = .gap }
        case (.gap, " "), (.end, " "): break
        case (.gap, "\""), (.gap, "'"): part = .title(scalar)
        case (.gap, ")"), (.end, ")"): return .isComplete
        case (.gap, _), (.end, _): return .isNone
        case (.title(let quote), _): if scalar == quote { part = .end }
        }
        return .goesOn
    }
}
