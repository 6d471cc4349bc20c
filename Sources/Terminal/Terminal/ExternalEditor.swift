internal import CSystem
internal import Platform
internal import Synchronization

/// A program of the user's choice that edits texts, such as `$EDITOR`.
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
    ///   - command: what a shell runs, with the file's name added, as in `$VISUAL`.
    ///   - environment: the program's whole environment; nothing secret should be in it.
    ///   - temporaryDirectory: where the text is kept meanwhile, in a directory of mode 0700 of its own.
    ///   - input: the terminal that the program reads keys from.
    ///   - output: the terminal that the program draws on.
    ///   - signals: who catches signals; those of the keyboard are the program's alone while it runs.
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
    /// The terminal has to be in its usual modes; the program leaves it so.
    ///
    /// - Parameter text: what the program begins with.
    /// - Returns: what was saved, without the line feed that editors add at the end; nil if the program failed, which is
    ///   how people say that nothing is to be changed.
    /// - Throws: `ExternalEditorError`.
    package func edit(_ text: String) throws(ExternalEditorError) -> String? {
        let directory = try PrivateDirectory(in: temporaryDirectory)
        let name = "prompt.md"
        // An editor shows a last line without a line feed as damaged.
        try directory.write(text + "\n", to: name)
        let status = try run(on: directory.path(of: name))
        // The shell's own words for a command that there is not (POSIX, Exit Status for Commands).
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
    /// - Parameter text: what the program begins with.
    /// - Returns: as `edit(_:)`.
    /// - Throws: `ExternalEditorError`, or `ThreadError` when there can be no more threads.
    package func editOnThread(_ text: String) async throws -> String? {
        try await BlockingThread.run { try edit(text) }
    }

    /// Runs the program.
    ///
    /// - Returns: its exit status, or 128 and more if a signal ended it.
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
                // One that came before there was anybody to end.
                if let number = ending.withLock({ $0 }) { Signal.send(number, to: id) }
            }
            // The shell gets the terminal only when the whole group has stopped.
            return .success(ChildProcess.wait(for: id) { sesh_signal_stop_process(1) }.shellStatus)
        }
        guard let signals else { return try work().get() }
        let result = signals.receiving(
            alsoCatching: [Signal.quit, Signal.stop],
            with: { number in
                // The keyboard's go to the program as well, whose matter they are; others end it, and us afterwards.
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

    /// In this process's group, so that the keyboard's signals reach it, and with nothing open but the terminal.
    private func spawn(on file: String) throws(SystemError) -> Int32 {
        try ChildProcess.spawn(
            ["/bin/sh", "-c", command + " \"$@\"", command, file], environment: environment, input: .descriptor(input),
            output: .descriptor(output), errors: .descriptor(output), others: [])
    }
}
