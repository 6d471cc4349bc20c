import Platform
import SessionKit
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the command that prints a key.
///
/// Standard input is `/dev/null`: it is the prompt's. Standard error stays the caller's, and so does the process group,
/// since password managers talk to people there and on `/dev/tty`. What a command prints is never shown.
struct KeyCommandRunner: Sendable {
    /// The command.
    let command: KeyCommand
    /// Whose key it is, for errors.
    let provider: String
    /// The environment to run it in.
    let environment: [String: String]
    /// How long it may take.
    let timeout: Duration

    /// No key is as long; a command that prints more prints something else.
    static let longestOutput = 65_536

    /// Runs the command.
    ///
    /// - Returns: what it printed.
    /// - Throws: `ModelError` with `refusedCredentials`, or with `timedOut`; `CancellationError` if the task was
    ///   cancelled, and then the command was killed.
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
        defer { close(output) }
        var isReaped = false
        defer {
            if !isReaped {
                kill(child, SIGKILL)
                waitpid(child, nil, 0)
            }
        }
        let printed = try read(output, until: deadline, isCancelled)
        var status: Int32 = 0
        while true {
            let result = waitpid(child, &status, WNOHANG)
            if result == child { break }
            guard result == 0 || errno == EINTR else { throw failure("could not be waited for", "waitpid", errno) }
            // It closed its output but has not ended.
            try check(deadline, isCancelled)
            poll(nil, 0, 10)
        }
        isReaped = true
        switch ProcessEnding(waitStatus: status) {
        case .status(0): return String(decoding: printed, as: UTF8.self)
        case .status(let status): throw failure("ended with status \(status)")
        case .signal(let number): throw failure("died of signal \(number)")
        }
    }

    private func read(
        _ output: Int32, until deadline: ContinuousClock.Instant, _ isCancelled: CancellationFlag
    ) throws -> [UInt8] {
        var printed: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            try check(deadline, isCancelled)
            var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            // A tenth of a second is how long a cancellation or the time-out may go unnoticed.
            guard poll(&descriptor, 1, 100) > 0 else { continue }
            let count = systemRead(output, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("could not be read from", "read", errno) }
            guard count > 0 else { return printed }
            printed += buffer[..<count]
            guard printed.count <= Self.longestOutput else { throw failure("printed far more than a key") }
        }
    }

    private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8], _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, &buffer, count)
        #else
            Darwin.read(descriptor, &buffer, count)
        #endif
    }

    private func check(_ deadline: ContinuousClock.Instant, _ isCancelled: CancellationFlag) throws {
        if isCancelled.isSet { throw CancellationError() }
        guard ContinuousClock.now < deadline else {
            throw ModelError(
                .timedOut, "The key command of \(provider) did not end within \(timeout.components.seconds) s.")
        }
    }

    private func failure(_ what: String, _ call: String? = nil, _ number: Int32 = 0) -> ModelError {
        ModelError(
            .refusedCredentials,
            "The key command of \(provider) \(what): see \"keyCommand\" of providers.\(provider) in the configuration.",
            cause: call.map { SystemError($0, code: number) })
    }

    /// Starts the command.
    ///
    /// - Returns: the end of a pipe to read its output from, and its process id.
    private func start() throws -> (output: Int32, child: pid_t) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure("could not be started", "pipe", errno) }
        // A child that another thread starts before this inherits them; the engine, the only other one, closes all.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        do {
            let child = try ChildProcess.spawn(
                command.argumentList, environment: environment, input: .nothing, output: .descriptor(ends[1]))
            return (ends[0], child)
        } catch {
            close(ends[0])
            throw failure("could not be started", error.call, error.code)
        }
    }
}
