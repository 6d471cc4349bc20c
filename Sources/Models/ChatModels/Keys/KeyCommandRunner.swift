import Platform
import SessionKit
import Synchronization

/// Runs the command that prints a key.
///
/// Standard input is `/dev/null`, since this process's may be the prompt. Standard error and the process group are this
/// process's, since password managers ask there and on `/dev/tty`. The output is never shown.
struct KeyCommandRunner: Sendable {
    /// The command.
    let command: KeyCommand
    /// The provider's name, for errors.
    let provider: String
    /// The environment to run it in.
    let environment: [String: String]
    /// How long it may take.
    let timeout: Duration

    /// No key is this long, in bytes.
    static let longestOutput = 65_536

    /// Runs the command.
    ///
    /// - Returns: its output.
    /// - Throws: `ModelError` with `refusedCredentials`, or with `timedOut`; `CancellationError` if the task was
    ///   cancelled. The command is killed then.
    func run() async throws -> String {
        let isCancelled = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await BlockingThread.run { try runBlocking(isCancelled) }
        } onCancel: {
            isCancelled.set()
        }
    }

    private func runBlocking(_ isCancelled: CancellationFlag) throws -> String {
        let deadline = ContinuousClock.now + timeout
        let (output, child) = try start()
        defer { Descriptor.close(output) }
        var isReaped = false
        defer {
            if !isReaped {
                Signal.send(Signal.kill, to: child)
                _ = ChildProcess.wait(for: child)
            }
        }
        let printed = try read(output, until: deadline, isCancelled)
        let ending = try ending(of: child, until: deadline, isCancelled)
        isReaped = true
        switch ending {
        case .status(0): return String(decoding: printed, as: UTF8.self)
        case .status(let status): throw failure("ended with status \(status)")
        case .signal(let number): throw failure("was ended by signal \(number)")
        }
    }

    private func ending(
        of child: Int32, until deadline: ContinuousClock.Instant, _ isCancelled: CancellationFlag
    ) throws -> ProcessEnding {
        while true {
            do {
                if let ending = try ChildProcess.ending(of: child) { return ending }
            } catch {
                throw failure("could not be waited for", error)
            }
            // It has closed its output but is still running.
            try check(deadline, isCancelled)
            BlockingThread.pause(milliseconds: 10)
        }
    }

    private func read(
        _ output: Int32, until deadline: ContinuousClock.Instant, _ isCancelled: CancellationFlag
    ) throws -> [UInt8] {
        var printed: [UInt8] = []
        while true {
            try check(deadline, isCancelled)
            // Checks for cancellation and the time-out ten times a second.
            guard Descriptor.hasInput(output, within: 100) else { continue }
            let piece: [UInt8]
            do {
                piece = try Descriptor.read(output, upTo: 4096)
            } catch {
                throw failure("could not be read from", error)
            }
            guard !piece.isEmpty else { return printed }
            printed += piece
            guard printed.count <= Self.longestOutput else { throw failure("printed far more than a key") }
        }
    }

    private func check(_ deadline: ContinuousClock.Instant, _ isCancelled: CancellationFlag) throws {
        if isCancelled.isSet { throw CancellationError() }
        guard ContinuousClock.now < deadline else {
            throw ModelError(
                .timedOut, "The key command of \(provider) did not end within \(timeout.components.seconds) s.")
        }
    }

    private func failure(_ what: String, _ cause: SystemError? = nil) -> ModelError {
        ModelError(
            .refusedCredentials,
            "The key command of \(provider) \(what): see \"keyCommand\" of providers.\(provider) in the configuration.",
            cause: cause)
    }

    /// Starts the command.
    ///
    /// - Returns: the reading end of a pipe for its output, and its process id.
    private func start() throws -> (output: Int32, child: Int32) {
        do throws(SystemError) {
            let pipe = try Descriptor.pipe()
            defer { Descriptor.close(pipe.writing) }
            do throws(SystemError) {
                let child = try ChildProcess.spawn(
                    command.argumentList, environment: environment, input: .nothing, output: .descriptor(pipe.writing))
                return (pipe.reading, child)
            } catch {
                Descriptor.close(pipe.reading)
                throw error
            }
        } catch {
            throw failure("could not be started", error)
        }
    }
}

/// Tells a blocking thread that the task that waits for it was cancelled.
private final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    /// Whether the task was cancelled.
    var isSet: Bool { flag.load(ordering: .acquiring) }

    /// Notes the cancellation.
    func set() { flag.store(true, ordering: .releasing) }
}
