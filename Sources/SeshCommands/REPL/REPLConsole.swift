import Platform
import SessionKit
import Synchronization
import Terminal

/// The person's side of the REPL: what is said to them and asked of them.
struct REPLConsole: Sendable {
    let program: Program
    let reader: LineReader
    let monitor: SignalMonitor
    /// The modes that the terminal had before the program began.
    let usualModes: TerminalModes?

    /// The keys as they are held between two lines.
    var heldKeys: HeldKeys? { usualModes.flatMap { HeldKeys(usual: $0) } }

    /// Says something the person has asked for.
    func say(_ text: String) throws { try program.messages.writeWords(text) }

    /// Asks whether to do something that can't be undone, and says so if it is not done.
    ///
    /// - Returns: whether to do it.
    /// - Throws: `REPLDeparture` when a signal ends the program.
    func confirm(_ question: String) async throws -> Bool {
        let isAgreed = try await ask(question)
        if !isAgreed { try say("Nothing was done.") }
        return isAgreed
    }

    /// Asks a question with yes or no for an answer; Ctrl-C and Ctrl-D are no.
    ///
    /// The line editor asks, since it knows signals; a plain read(2) would sit through Ctrl-C here.
    /// - Throws: `REPLDeparture` when a signal ends the program.
    func ask(_ question: String) async throws -> Bool {
        switch try await reader.readLine(prompt: Question.prompt(question)) {
        case .line(let answer, _): return Question.isYes(answer)
        case .interrupted: return false
        case .endOfFile:
            try say("")
            return false
        case .terminated(let signal): throw REPLDeparture(signal: signal)
        }
    }

    /// Runs what hands the terminal to another program, which gets Ctrl-C by itself.
    ///
    /// - Throws: `REPLDeparture` if another signal than those of the keyboard came meanwhile.
    func lendingTerminal<Result>(_ body: () async throws -> Result) async throws -> Result {
        let ending = EndingSignal()
        let reception = monitor.receive { ending.take($0.number) }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await lendingModes(body)) } catch { result = .failure(error) }
        // In any case, or signals would go on being taken that are others' by then.
        let signal = ending.end()
        monitor.endReception(reception)
        if let signal { throw REPLDeparture(signal: signal) }
        return try result.get()
    }

    /// The first signal that ends the program while another one has the terminal.
    private final class EndingSignal: Sendable {
        private let state = Mutex<(first: Int32?, isOver: Bool)>((nil, false))

        func take(_ number: Int32) -> Bool {
            let isTaken = state.withLock { state in
                guard !state.isOver else { return false }
                if ![Signal.interrupt, Signal.quit, Signal.goOn, Signal.windowChange, Signal.stop].contains(number) {
                    state.first = state.first ?? number
                }
                return true
            }
            if isTaken, number == Signal.stop { SignalMonitor.stopProcess() }
            return isTaken
        }

        func end() -> Int32? {
            state.withLock { state in
                state.isOver = true
                return state.first
            }
        }
    }

    /// Runs what hands the terminal to another program and deals with signals itself.
    func lendingModes<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let keys = heldKeys
        keys?.release()
        defer { keys?.hold() }
        return try await body()
    }
}

/// A signal that ends the program came while a command waited for something.
struct REPLDeparture: Error {
    /// The signal's number.
    let signal: Int32
}
