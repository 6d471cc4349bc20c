import Platform
package import ChatModels
package import SessionKit
package import Terminal
#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// One run of the program: its surroundings, and what they lead to.
///
/// Libraries get what they need from here and never look at the process themselves.
package struct Program: Sendable {
    /// What the run was given.
    package let surroundings: Surroundings
    /// Standard output: the answer and nothing else.
    package let output: ScreenOutput
    /// Standard error: notices, prompts and errors.
    package let messages: ScreenOutput
    /// Shows on standard error that an answer is awaited.
    package let waitingSign: WaitingSign
    /// The title of the terminal's window.
    package let title: TerminalTitle
    /// Whether notices are left out.
    package let isQuiet: Bool

    /// Takes surroundings.
    ///
    /// - Parameters:
    ///   - surroundings: what the run is given.
    ///   - isQuiet: whether notices and the waiting sign are left out.
    package init(_ surroundings: Surroundings, isQuiet: Bool = false) {
        self.surroundings = surroundings
        self.isQuiet = isQuiet
        let environment = surroundings.environment
        let colours = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        func screen(_ descriptor: Int32) -> ScreenOutput {
            ScreenOutput(descriptor: descriptor, allowsColour: colours, columns: environment["COLUMNS"])
        }
        output = screen(surroundings.output)
        messages = screen(surroundings.messages)
        let drawing = messages.isTerminal && !["", "dumb"].contains(environment["TERM", default: ""])
        waitingSign = WaitingSign(output: messages.file, isEnabled: drawing && !isQuiet)
        // The Linux console has no title, and older ones show the sequence as text.
        title = TerminalTitle(output: messages.file, isEnabled: drawing && environment["TERM"] != "linux")
    }

    /// Takes from the screen what is there only while the program runs; to be called on every way out.
    package func leaveScreen() {
        waitingSign.end()
        title.restore()
    }

    /// Leaves the screen before a turn was saved, and says so.
    package func leaveAtOnce() {
        leaveScreen()
        complain("Ended at once, before the turn was saved. What of it was not in the session yet was NOT SAVED.")
    }

    /// Whether a person can type at standard input.
    package var isInteractive: Bool { TerminalDevice(descriptor: input).isTerminal }

    /// The environment variables.
    package var environment: [String: String] { surroundings.environment }

    /// The descriptor of standard input.
    package var input: Int32 { surroundings.input }

    /// The time by the run's clock.
    package var now: Date { surroundings.now() }

    /// The sessions directory: `SESH_DIR`, else `~/.sessions`.
    package var sessionsDirectory: String { path(in: "SESH_DIR") ?? home + "/.sessions" }

    /// The manager of the run's store.
    ///
    /// - Throws: `CommandError` if what names the store does not fit.
    package func manager() throws -> SessionManager {
        SessionManager(store: try Stores(self).chosen(), now: surroundings.now)
    }

    /// The store that the configuration names; nil if it names none.
    ///
    /// A file without the word is not taken apart for it: that takes longer than the list of a few sessions.
    package func configuredStore() throws -> String? {
        guard let bytes = try TrustedFile(path: configurationPath).read(),
            bytes.firstRange(of: Array("\"store\"".utf8)) != nil
        else { return nil }
        return try configuration().store
    }

    /// Reads the configuration file.
    package func configuration() throws -> Configuration {
        try Configuration(path: configurationPath, isRequired: path(in: "SESH_CONFIG") != nil)
    }

    /// The configuration file: `SESH_CONFIG`, else `sesh/config.json` below the XDG configuration directory.
    package var configurationPath: String {
        path(in: "SESH_CONFIG") ?? directories.configuration + "/config.json"
    }

    /// The program that edits texts, as a shell runs it: `VISUAL`, else `EDITOR`, else vi.
    package var editor: String { ["VISUAL", "EDITOR"].first(where: isSet).flatMap { environment[$0] } ?? "vi" }

    /// Whether a variable of the environment is set and not empty.
    package func isSet(_ variable: String) -> Bool { !environment[variable, default: ""].isEmpty }

    /// The models that the configuration and the environment lead to.
    ///
    /// - Parameters:
    ///   - configuration: the configuration.
    ///   - retries: how often a request is sent again that failed before its answer began.
    package func catalog(_ configuration: Configuration, retries: RetryPolicy = .automatic) -> ModelCatalog {
        let program = self
        return ModelCatalog(
            providers: configuration.providers, environment: environment, homeDirectory: home, userID: User.current,
            cacheDirectory: directories.cache, retries: retries, fallbacks: configuration.fallbacks,
            onNotice: { program.notice($0) })
    }

    /// What another program may see of the environment: everything but keys.
    ///
    /// - Parameter configuration: the configuration; nil if it can't be read, and then nobody knows which variables hold
    ///   keys: only those pass that a program at a terminal needs.
    package func childEnvironment(_ configuration: Configuration?) -> [String: String] {
        guard let configuration else { return environment.filter { Self.isHarmless($0.key) } }
        let hidden = catalog(configuration).keyVariables
        return environment.filter { !hidden.contains($0.key) }
    }

    private static func isHarmless(_ variable: String) -> Bool {
        let known: Set = [
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TERMINFO", "TERMINFO_DIRS", "COLORTERM", "NO_COLOR",
            "COLUMNS", "LINES", "LANG", "TZ", "TMPDIR", "PAGER", "LV", "DISPLAY", "WAYLAND_DISPLAY", "TMUX",
        ]
        return known.contains(variable) || variable.hasPrefix("LC_") || variable.hasPrefix("LESS")
    }

    /// Where the line editor draws: standard error, or standard output if only that is a terminal.
    ///
    /// Standard output is for answers, so it is the second choice.
    package var editorDescriptor: Int32 {
        (!messages.isTerminal && output.isTerminal ? output : messages).file.descriptor
    }

    /// The lines typed at the prompt, kept across runs; nil if none are to be kept or there is no place to keep them.
    ///
    /// - Parameter limit: how many are kept at most.
    package func lineHistory(limit: Int) -> HistoryFile? {
        guard limit > 0 else { return nil }
        return madeStateDirectory().map { HistoryFile(path: $0 + "/lines", limit: limit) }
    }

    /// The directory of state, made if it is missing; nil if it can't be.
    private func madeStateDirectory() -> String? {
        let directory = stateDirectory
        return PrivatePath(path: directory).make() ? directory : nil
    }

    /// Where state that is no session is kept, such as the line history.
    package var stateDirectory: String { directories.state }

    private var directories: UserDirectories { UserDirectories(environment: environment, home: home) }

    /// The home directory.
    package var home: String {
        if let home = environment["HOME"], !home.isEmpty { return home }
        return FileManager.default.homeDirectoryForCurrentUser.path
    }

    private func path(in variable: String) -> String? {
        guard let path = environment[variable], !path.isEmpty else { return nil }
        return expandingHome(path)
    }

    /// A path with the home directory in the place of a `~` that no shell has seen: within quotes, in a file of
    /// variables, or at the prompt of the REPL.
    package func expandingHome(_ path: String) -> String {
        UserDirectories.expandingHome(path, home: home)
    }

    /// Tells the user something on standard error, unless notices are silenced.
    ///
    /// A notice that can't be written is no reason to fail: the work is what counts.
    package func notice(_ text: String) {
        if !isQuiet { waitingSign.makingRoom { try? messages.writeWords(Self.oneLine(text)) } }
    }

    /// Tells the user something that is worth saying once only, unless notices are silenced.
    ///
    /// An empty file among the state remembers it; where there can be none, it is not said, rather than every time.
    /// - Parameters:
    ///   - name: the name of the file.
    ///   - text: what to say.
    package func noticeOnce(_ name: String, _ text: @autoclosure () -> String) {
        guard !isQuiet, let directory = madeStateDirectory() else { return }
        guard let file = try? Descriptor.open("\(directory)/said-\(name)", [.write, .create, .exclusive]) else {
            return
        }
        Descriptor.close(file)
        notice(text())
    }

    /// Asks the person at the terminal, on standard error.
    ///
    /// - Returns: whether the answer was yes.
    package func ask(_ question: String) async throws -> Bool {
        let asking = Question(input: input, output: messages.file)
        return try await BlockingThread.run { try asking.ask(question) }
    }

    /// Tells the user of something that went wrong, on standard error.
    package func complain(_ text: String) {
        waitingSign.makingRoom { try? messages.writeWords("sesh: " + Self.oneLine(text)) }
    }

    /// A name or a server's words in a message can't begin a line that looks like another message.
    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
