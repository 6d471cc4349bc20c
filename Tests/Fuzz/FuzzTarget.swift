/// What is fuzzed; the variable `FUZZ_TARGET` names one.
enum FuzzTarget: String, CaseIterable {
    /// The session codec.
    case session
    /// The decoder of server-sent events.
    case events
    /// The text that is safe on a screen.
    case screen
    /// The scanner of a session file's first line.
    case summary

    /// Puts an input to the test; a broken promise ends the process.
    func run(_ input: [UInt8]) {
        switch self {
        case .session: SessionFuzz.run(input)
        case .events: EventFuzz.run(input)
        case .screen: ScreenFuzz.run(input)
        case .summary: SummaryFuzz.run(input)
        }
    }
}
