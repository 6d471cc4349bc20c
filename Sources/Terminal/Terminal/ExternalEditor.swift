internal import CSystem
internal import Platform
internal import Synchronization

/// A program that edits texts, such as `$EDITOR`.
package struct ExternalEditor: Sendable {
    private let command: String
    private let environment: [String: String]
    private let temporaryDirectory: String
    private let input: Int32
    private let output: Int32
    private let signals: SignalMonitor?

    /// Describes an editor.
    ///
    /// - Parameters:
    ///   - command: a shell command that the file's name is appended to, as in `$VISUAL`.
    ///   - environment: the program's whole environment, without secrets.
    ///   - temporaryDirectory: the parent of a directory of mode 0700 for the text.
    ///   - input: the terminal that the program reads keys from.
    ///   - output: the terminal that the program draws on.
    ///   - signals: the monitor that catches signals; while the program runs, those of the keyboard are for it only.
    package init(
        command: String, environment: [String: String], temporaryDirectory: String, input: Int32, output: Int32,
        signals: SignalMonitor?
    ) {
        self.command = command
        self.environment = environment
        self.temporaryDirectory = temporaryDirectory
        self.input = input
        self.output = output
        self.signals = signals
    }

    /// Lets the user edit a text; blocks the calling thread until the program has ended.
    ///
    /// The terminal has to be in its usual modes, before and after.
    ///
    /// - Parameter text: the initial text.
    /// - Returns: the saved text, without the line feed that editors add at the end; nil if the program failed, as it
    ///   does when the user wants to change nothing.
    /// - Throws: `ExternalEditorError`.
    package func edit(_ text: String) throws(ExternalEditorError) -> String? {
        let directory = try PrivateDirectory(in: temporaryDirectory)
        let name = "prompt.md"
        // Editors warn of a last line without a line feed.
        try directory.write(text + "\n", to: name)
        let status = try run(on: directory.path(of: name))
        // The shell's status for a command that is not found (POSIX, Exit Status for Commands).
        if status == 127 { throw ExternalEditorError(.notFound, command) }
        guard status == 0 else { return nil }
        guard var edited = String(validating: try directory.contents(of: name), as: UTF8.self) else {
            throw ExternalEditorError(.notText, command)
        }
        if edited.unicodeScalars.last == "\n" { edited.unicodeScalars.removeLast() }
        return edited
    }

    /// Lets the user edit a text without blocking the caller's executor.
    ///
    /// - Parameter text: the initial text.
    /// - Returns: as `edit(_:)`.
    /// - Throws: `ExternalEditorError`, or `ThreadError` when there can be no more threads.
    package func editOnThread(_ text: String) async throws -> String? {
        try await BlockingThread.run { try edit(text) }
    }

    /// Runs the program.
    ///
    /// - Returns: its exit status, or 128 plus the number of the signal that ended it.
    private func run(on file: String) throws(ExternalEditorError) -> Int32 {
        let child = Mutex<Int32>(0)
        let ending = Mutex<Int32?>(nil)
        let work = { () -> Result<Int32, ExternalEditorError> in
            let id: Int32
            do throws(SystemError) {
                id = try spawn(on: file)
            } catch {
                return .failure(ExternalEditorError(.notStarted, command, error))
            }
            child.withLock { child in
                child = id
                // A signal that came before the program was started.
                if let number = ending.withLock({ $0 }) { Signal.send(number, to: id) }
            }
            // The shell takes the terminal back only when the whole process group has stopped.
            return .success(ChildProcess.wait(for: id) { sesh_signal_stop_process(1) }.shellStatus)
        }
        guard let signals else { return try work().get() }
        let result = signals.receiving(
            alsoCatching: [Signal.quit, Signal.stop],
            with: { number in
                // The program gets the keyboard's signals too and handles them; others end it, and then this process.
                guard ![Signal.interrupt, Signal.quit, Signal.stop, Signal.goOn, Signal.windowChange].contains(number)
                else { return }
                child.withLock { child in
                    ending.withLock { $0 = $0 ?? number }
                    if child > 0 { Signal.send(number, to: child) }
                }
            }, while: work)
        if let number = ending.withLock({ $0 }) { Signal.send(number) }
        return try result.get()
    }

    /// Starts it in this process's group, so that the keyboard's signals reach it, and with only the terminal open.
    private func spawn(on file: String) throws(SystemError) -> Int32 {
        try ChildProcess.spawn(
            ["/bin/sh", "-c", command + " \"$@\"", command, file], environment: environment, input: .descriptor(input),
            output: .descriptor(output), errors: .descriptor(output), others: [])
    }
}
