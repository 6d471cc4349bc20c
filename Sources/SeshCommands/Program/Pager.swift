import Terminal

/// Shows what is longer than the window through `$PAGER`, as git and man do.
struct Pager: Sendable {
    /// What the pager may see of the environment; `PAGER` is looked up in it.
    let environment: [String: String]

    /// Whether messages are shown through the pager: they don't fit the window, and there is a pager.
    func isNeeded(for history: HistoryRendering, on screen: ScreenOutput) -> Bool {
        screen.isTerminal && command != nil && !history.fits(rows: screen.rows - 1, columns: screen.columns)
    }

    /// Shows messages: through the pager if they don't fit the window, else directly.
    ///
    /// A pager that is left early is no failure; one that can't be run is replaced by plain output.
    func show(_ history: HistoryRendering, on screen: ScreenOutput) async throws {
        guard let command, isNeeded(for: history, on: screen) else { return try history.write(to: screen) }
        let child = ChildProgram(["/bin/sh", "-c", command], environment: pagerEnvironment)
        let status = try await child.run { pipe in
            do {
                try history.write(to: screen.redirected(to: pipe))
            } catch let error as FileOutputError where error.code == .brokenPipe {
                return
            }
        }
        // sh(1): 126 and 127 are a command that can't be run and one that is not there.
        if status == 126 || status == 127 { try history.write(to: screen) }
    }

    /// What the shell is to run; nil for none.
    private var command: String? {
        if let named = environment["PAGER"] { return ["", "cat"].contains(named) ? nil : named }
        return ChildProgram.isInstalled("less", environment: environment) ? "less" : nil
    }

    /// The environment of the pager: less is to leave when all fits, show colours, and keep the screen, as for git.
    private var pagerEnvironment: [String: String] {
        var environment = environment
        if environment["LESS"] == nil { environment["LESS"] = "FRX" }
        if environment["LV"] == nil { environment["LV"] = "-c" }
        return environment
    }
}
