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
    /// What this process ignores or blocks, a child would go on ignoring and blocking (signal(7), execve(2)): a pager has
    /// to die of a broken pipe.
    ///
    /// - Parameters:
    ///   - arguments: the program, found along this process's `PATH` unless it has a slash, and its arguments.
    ///   - environment: all of its environment.
    ///   - input: its standard input.
    ///   - output: its standard output.
    ///   - errors: its standard error.
    ///   - others: the descriptors that it has as 3 and on, and no more; nil: all of this process's without close-on-exec.
    ///   - isDetached: whether it gets a session of its own and outlives this process's terminal, instead of being in
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
    ///   - onStop: called whenever a signal has stopped it; nil: that is not looked for.
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
    /// - Returns: how it ended; nil as long as it has not.
    package static func ending(of child: Int32) throws(SystemError) -> ProcessEnding? {
        var status: Int32 = 0
        return try retried("waitpid") { waitpid(child, &status, WNOHANG) } == 0
            ? nil : ProcessEnding(waitStatus: status)
    }

    /// Makes this process another program: its descriptors, its terminal and its parent stay.
    ///
    /// - Parameters:
    ///   - program: its absolute path.
    ///   - arguments: its arguments behind its name.
    ///   - environment: all of its environment.
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
