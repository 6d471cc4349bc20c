import Threads
package import ChatModels
import SessionFiles
package import SessionKit
package import Terminal
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The surroundings of one run: environment, standard streams, and what they lead to.
///
/// Libraries get what they need from here and never look at the process themselves.
package struct Program: Sendable {
    /// The environment variables.
    package let environment: [String: String]
    /// Standard output: the answer and nothing else.
    package let output: ScreenOutput
    /// Standard error: notices, prompts and errors.
    package let messages: ScreenOutput
    /// Whether notices are left out.
    package var isQuiet = false

    /// Takes the surroundings of this process.
    package init() {
        environment = ProcessInfo.processInfo.environment
        let colours = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        output = ScreenOutput(descriptor: 1, allowsColour: colours, columns: environment["COLUMNS"])
        messages = ScreenOutput(descriptor: 2, allowsColour: colours, columns: environment["COLUMNS"])
    }

    /// Whether a person can type at standard input.
    package var isInteractive: Bool { TerminalDevice(descriptor: 0).isTerminal }

    /// The sessions directory: `SESH_DIR`, else `~/.sessions`.
    package var sessionsDirectory: String { path(in: "SESH_DIR") ?? home + "/.sessions" }

    /// The store in the sessions directory.
    package func store() -> any SessionStore { JSONDirectoryStore(path: sessionsDirectory) }

    /// The manager of the sessions directory.
    package func manager() -> SessionManager { SessionManager(store: store()) }

    /// Reads the configuration file: `SESH_CONFIG`, else `sesh/config.json` below the XDG configuration directory.
    package func configuration() throws -> Configuration {
        if let named = path(in: "SESH_CONFIG") { return try Configuration(path: named, isRequired: true) }
        return try Configuration(path: xdg("XDG_CONFIG_HOME", "/.config") + "/sesh/config.json", isRequired: false)
    }

    /// The models that the configuration and the environment lead to.
    package func catalog(_ configuration: Configuration) -> ModelCatalog {
        let program = self
        return ModelCatalog(
            providers: configuration.providers, environment: environment, homeDirectory: home, userID: geteuid(),
            onNotice: { program.notice($0) })
    }

    /// Where the line editor draws: standard error, or standard output if only that is a terminal.
    ///
    /// Standard output is for answers, so it is the second choice.
    package var editorDescriptor: Int32 { !messages.isTerminal && output.isTerminal ? 1 : 2 }

    /// The lines typed at the prompt, kept across runs; nil if there is no place to keep them.
    package func lineHistory() -> HistoryFile? {
        let directory = stateDirectory
        let isThere =
            (try? FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])) != nil
        return isThere ? HistoryFile(path: directory + "/lines") : nil
    }

    /// Where state that is no session is kept, such as the line history.
    package var stateDirectory: String { xdg("XDG_STATE_HOME", "/.local/state") + "/sesh" }

    /// The directory of one of the XDG base directories.
    ///
    /// - Parameters:
    ///   - variable: the variable that names it; a relative path in it is ignored, as the XDG Base Directory
    ///     Specification demands.
    ///   - fallback: its place below the home directory otherwise.
    package func xdg(_ variable: String, _ fallback: String) -> String {
        guard let path = environment[variable], path.hasPrefix("/") else { return home + fallback }
        return path
    }

    /// The home directory.
    package var home: String {
        if let home = environment["HOME"], !home.isEmpty { return home }
        return FileManager.default.homeDirectoryForCurrentUser.path
    }

    private func path(in variable: String) -> String? {
        guard let path = environment[variable], !path.isEmpty else { return nil }
        return path
    }

    /// Tells the user something on standard error, unless notices are silenced.
    ///
    /// A notice that can't be written is no reason to fail: the work is what counts.
    package func notice(_ text: String) {
        if !isQuiet { try? messages.writeLine(text) }
    }

    /// Asks the person at the terminal, on standard error.
    ///
    /// - Returns: whether the answer was yes.
    package func ask(_ question: String) async throws -> Bool {
        let asking = Question(input: 0, output: messages.file)
        return try await BlockingThread.run { try asking.ask(question) }
    }

    /// Tells the user of something that went wrong, on standard error.
    package func complain(_ text: String) {
        try? messages.writeLine("sesh: " + text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}
