import Foundation
import SeshTestSupport
import Testing

/// The built program on a real screen, tmux's: what a person sees rather than the bytes that make it.
struct TmuxScreen {
    /// Whether there is a tmux; the tests that need one are skipped otherwise.
    static let isInstalled = program != nil

    private static let program = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        .map { $0 + "/tmux" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    private let sandbox: Sandbox

    /// Shows the program on a screen for as long as `body` runs; the screen is then closed, whatever came of it.
    ///
    /// - Parameters:
    ///   - sandbox: its home directory, where tmux's socket is too, so that no other server of tmux is touched.
    ///   - arguments: the program's command line; words without blanks.
    ///   - environment: variables beside the usual ones.
    ///   - body: types and looks.
    static func show(
        _ sandbox: Sandbox, _ arguments: String..., environment: [String: String] = [:],
        _ body: (TmuxScreen) async throws -> Void
    ) async throws {
        let configuration = sandbox.root.appending(path: "tmux.conf")
        try "set -g status off\nset -g remain-on-exit on\n".write(to: configuration, atomically: true, encoding: .utf8)
        let screen = TmuxScreen(sandbox: sandbox)
        let command = (["exec", Sandbox.binary] + arguments).joined(separator: " ")
        // Foundation waits for descriptors that the server would inherit, so another way begins it.
        let starting = try PseudoTerminal()
        try starting.start(
            #require(program),
            screen.selection + ["-f", configuration.path, "new-session", "-d", "-x", "80", "-y", "24", command],
            environment: sandbox.environment(environment.merging(screen.place) { $1 }), directory: sandbox.root.path)
        #expect(try starting.waitForEnd() == .status(0))
        let result: Result<Void, any Error>
        do { result = .success(try await body(screen)) } catch { result = .failure(error) }
        try await screen.tmux("kill-server")
        try result.get()
    }

    /// Types text as it is.
    func type(_ text: String) async throws { try await tmux("send-keys", "-l", text) }

    /// Presses keys by tmux's names for them, such as `Enter`, `M-Enter` and `C-r`.
    func press(_ keys: String...) async throws { try await tmux(["send-keys"] + keys) }

    /// Types a line.
    func enter(_ line: String) async throws {
        try await type(line)
        try await press("Enter")
    }

    /// Changes the width of the window.
    func resize(columns: Int) async throws { try await tmux("resize-window", "-x", "\(columns)", "-y", "24") }

    /// What stands on the screen, without blanks at the ends of lines and empty lines at its end.
    func contents() async throws -> String {
        let lines = try await tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
        let trimmed = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
        return trimmed.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
    }

    /// Waits until the screen shows exactly this, and fails with what it shows instead.
    func expect(_ expected: String, location: SourceLocation = #_sourceLocation) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        var seen = try await contents()
        while seen != expected, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
            seen = try await contents()
        }
        try #require(seen == expected, "The screen shows:\n\(seen)", sourceLocation: location)
    }

    /// What leads tmux to this screen's own server.
    private var place: [String: String] { ["TMUX_TMPDIR": sandbox.root.path] }
    private var selection: [String] { ["-u", "-L", "sesh"] }

    @discardableResult
    private func tmux(_ arguments: String...) async throws -> String { try await tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) async throws -> String {
        let run = try await sandbox.start(
            selection + arguments, program: #require(Self.program), environment: place
        ).finish()
        try #require(run.status == 0, "tmux \(arguments): \(run)")
        return run.output
    }
}
