import Platform
import Terminal

/// What may be longer than the window.
protocol Pageable: Sendable {
    /// Writes all of it.
    func write(to output: ScreenOutput) throws
    /// Whether it fits so many lines of so many columns.
    func fits(rows: Int, columns: Int) -> Bool
}

/// Shows what is longer than the window through `$PAGER`, as git and man do.
struct Pager: Sendable {
    /// What the pager may see of the environment; `PAGER` is looked up in it.
    let environment: [String: String]

    /// Shows it as all that a command does.
    ///
    /// - Parameters:
    ///   - text: what to show.
    ///   - program: whose output it is for; its configuration is looked at only where a pager is needed.
    static func show(_ text: some Pageable, of program: Program) async throws {
        let screen = program.output
        guard screen.isTerminal, !text.fits(rows: screen.rows - 1, columns: screen.columns) else {
            return try text.write(to: screen)
        }
        // A broken configuration is no reason to show nothing.
        let pager = Pager(environment: program.childEnvironment(try? program.configuration()))
        // Ctrl-C is the pager's while it runs (less(1)); this program just waits for its end.
        if pager.command != nil { Signal.ignore(Signal.interrupt) }
        try await pager.show(text, on: screen)
    }

    /// Shows it: through the pager if it doesn't fit the window, else directly.
    ///
    /// A pager that is left early is no failure; one that can't be run is replaced by plain output.
    func show(_ text: some Pageable, on screen: ScreenOutput) async throws {
        let isLong = screen.isTerminal && !text.fits(rows: screen.rows - 1, columns: screen.columns)
        guard let command, isLong else { return try text.write(to: screen) }
        let child = ChildProgram(["/bin/sh", "-c", command], environment: pagerEnvironment)
        let status = try await child.run { pipe in
            do {
                try text.write(to: screen.redirected(to: pipe))
            } catch let error as FileOutputError where error.code == .brokenPipe {
                return
            }
        }
        // sh(1): 126 and 127 are a command that can't be run and one that is not there.
        if status == 126 || status == 127 { try text.write(to: screen) }
    }

    /// What the shell is to run; nil for none.
    private var command: String? {
        if let named = environment["PAGER"] { return ["", "cat"].contains(named) ? nil : named }
        return Path.ofProgram("less", environment: environment) == nil ? nil : "less"
    }

    /// The environment of the pager: less is to leave when all fits, show colours, and keep the screen, as for git.
    private var pagerEnvironment: [String: String] {
        var environment = environment
        if environment["LESS"] == nil { environment["LESS"] = "FRX" }
        if environment["LV"] == nil { environment["LV"] = "-c" }
        return environment
    }
}
