internal import CSystem

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Starts programs with posix_spawn(3): Foundation's `Process` is not part of FoundationEssentials.
package enum ChildProcess {
    /// Starts a program with every signal at its default and none blocked.
    ///
    /// A child would inherit the signals that this process ignores or blocks (signal(7), execve(2)): a pager has to die
    /// of a broken pipe.
    ///
    /// - Parameters:
    ///   - arguments: the program, found along this process's `PATH` unless it has a slash, and its arguments.
    ///   - environment: its whole environment.
    ///   - input: its standard input.
    ///   - output: its standard output.
    ///   - errors: its standard error.
    ///   - others: its further descriptors, from 3 on; nil for all of this process's without close-on-exec.
    ///   - isDetached: whether it gets a session of its own and outlives this process's terminal, rather than joining
    ///     this process's group.
    /// - Returns: the process id; the caller has to wait for it.
    package static func spawn(
        _ arguments: [String], environment: [String: String], input: ChildStream = .inherited,
        output: ChildStream = .inherited, errors: ChildStream = .inherited, others: [Int32]? = nil,
        isDetached: Bool = false
    ) throws(SystemError) -> Int32 {
        guard !arguments.isEmpty else { throw SystemError("posix_spawnp", code: EINVAL) }
        let standard = zip(Int32(0)..., [input, output, errors]).map { number, stream in
            switch stream {
            case .inherited: number
            case .nothing: Int32(-1)
            case .descriptor(let descriptor): descriptor
            }
        }
        let descriptors = standard + (others ?? [])
        var child: Int32 = 0
        let failure = CStrings.with(arguments) { arguments in
            CStrings.with(environment: environment) { environment in
                sesh_spawn(
                    arguments, environment, descriptors, Int32(descriptors.count), others == nil ? 0 : 1,
                    isDetached ? 1 : 0, &child)
            }
        }
        guard failure == 0 else { throw SystemError("posix_spawnp", code: failure) }
        return child
    }

    /// Waits for the end of a child; blocks the calling thread.
    ///
    /// - Parameters:
    ///   - child: what `spawn` returned, not waited for before.
    ///   - onStop: called whenever a signal has stopped it; nil to ignore that.
    /// - Returns: how it ended.
    package static func wait(for child: Int32, onStop: (() -> Void)? = nil) -> ProcessEnding {
        while true {
            var status: Int32 = 0
            if waitpid(child, &status, onStop == nil ? 0 : WUNTRACED) != child {
                if errno == EINTR { continue }
                return .status(128)
            }
            // WIFSTOPPED (wait(2)), a macro that is not imported.
            guard status & 0xFF == 0x7F else { return ProcessEnding(waitStatus: status) }
            onStop?()
        }
    }

    /// Waits for the end of a child without blocking.
    ///
    /// - Parameter child: what `spawn` returned, not waited for before.
    /// - Returns: how it ended; nil while it runs.
    package static func ending(of child: Int32) throws(SystemError) -> ProcessEnding? {
        var status: Int32 = 0
        return try retried("waitpid") { waitpid(child, &status, WNOHANG) } == 0
            ? nil : ProcessEnding(waitStatus: status)
    }

    /// Replaces this process's program; its descriptors, terminal and parent stay (execve(2)).
    ///
    /// - Parameters:
    ///   - program: its absolute path.
    ///   - arguments: its arguments after its name.
    ///   - environment: its whole environment.
    package static func become(
        _ program: String, _ arguments: [String], environment: [String: String]
    ) throws(SystemError) -> Never {
        signal(SIGPIPE, SIG_DFL)
        signal(SIGXFSZ, SIG_DFL)
        let number = CStrings.with([program] + arguments) { arguments in
            CStrings.with(environment: environment) {
                execve(program, arguments, $0)
                return errno
            }
        }
        throw SystemError("execve", code: number)
    }
}

/// What a child process has as one of its standard streams.
package enum ChildStream: Equatable, Sendable {
    /// The same stream of this process.
    case inherited
    /// `/dev/null`.
    case nothing
    /// An open descriptor of this process.
    case descriptor(Int32)
}

/// How a process ended.
package enum ProcessEnding: Equatable, Sendable {
    /// It exited with a status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)

    /// Interprets a status of wait(2); Swift does not import its macros.
    ///
    /// - Parameter waitStatus: the status of a process that has ended, not of one that was stopped.
    package init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .status((waitStatus >> 8) & 0xFF) : .signal(signal)
    }

    /// The status as shells report it: the exit status, or 128 plus the signal's number.
    package var shellStatus: Int32 {
        switch self {
        case .status(let status): status
        case .signal(let number): 128 + number
        }
    }
}

/// Arrays of C strings, as execve(2) takes them.
private enum CStrings {
    /// Calls `body` with strings, which have no zero bytes, as an array that ends in a null pointer.
    static func with<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }

    /// Calls `body` with an environment, whose names have no `=`.
    static func with<Result>(
        environment: [String: String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        with(environment.map { "\($0.key)=\($0.value)" }, body)
    }
}
