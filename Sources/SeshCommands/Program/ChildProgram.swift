import Threads
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Another program that does something for this one at the terminal: a pager, an editor, a clipboard.
///
/// Foundation's `Process` is not part of FoundationEssentials.
package struct ChildProgram: Sendable {
    /// The program, found along `PATH` unless it has a slash, and its arguments.
    package let arguments: [String]
    /// All of its environment.
    package let environment: [String: String]

    /// Describes a program that is not started yet.
    package init(_ arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Runs the program to its end, without holding up the caller's thread.
    ///
    /// - Parameters:
    ///   - isSilent: whether its output goes nowhere instead of where this program's goes.
    ///   - feed: writes to its standard input, given the descriptor, on a thread of its own; nil leaves it this
    ///     program's. A child that stops reading makes it fail with EPIPE, which is for it to pass over.
    /// - Returns: its exit status; 128 and the number of the signal that ended it, as shells count.
    /// - Throws: `CommandError` if it can't be started; what `feed` throws.
    package func run(
        isSilent: Bool = false, feeding feed: (@Sendable (Int32) throws -> Void)? = nil
    ) async throws -> Int32 {
        try await BlockingThread.run { [self] in
            guard let feed else { return Self.wait(for: try spawn(input: nil, isSilent: isSilent)) }
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw failure(errno) }
            // The child must not inherit the writing end, or it would never see the end of its input.
            _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
            _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
            let result = Result { try spawn(input: ends[0], isSilent: isSilent) }
            close(ends[0])
            guard case .success(let child) = result else {
                close(ends[1])
                return try Self.wait(for: result.get())
            }
            let fed = Result { try feed(ends[1]) }
            close(ends[1])
            let status = Self.wait(for: child)
            try fed.get()
            return status
        }
    }

    /// Whether a program can be found.
    ///
    /// - Parameters:
    ///   - name: its name, without a slash.
    ///   - environment: where `PATH` stands.
    package static func isInstalled(_ name: String, environment: [String: String]) -> Bool {
        let path = environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    private func spawn(input: Int32?, isSilent: Bool) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        try check(posix_spawn_file_actions_init(&actions))
        defer { posix_spawn_file_actions_destroy(&actions) }
        try check(posix_spawnattr_init(&attributes))
        defer { posix_spawnattr_destroy(&attributes) }
        if let input { try check(posix_spawn_file_actions_adddup2(&actions, input, 0)) }
        if isSilent {
            for descriptor: Int32 in [1, 2] {
                try check(posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0))
            }
        }
        // What this process ignores a child would go on ignoring (execve(2)): a pager has to die of a broken pipe.
        var usual = sigset_t()
        sigemptyset(&usual)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&usual, signal) }
        var none = sigset_t()
        sigemptyset(&none)
        try check(posix_spawnattr_setsigdefault(&attributes, &usual))
        try check(posix_spawnattr_setsigmask(&attributes, &none))
        try check(posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)))
        guard let program = arguments.first else { throw failure(EINVAL) }
        var child = pid_t()
        let result = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawnp(&child, program, &actions, &attributes, arguments, variables)
            }
        }
        try check(result)
        return child
    }

    private func check(_ result: Int32) throws { if result != 0 { throw failure(result) } }

    private func failure(_ number: Int32) -> CommandError {
        CommandError(
            .failure, "\(arguments.first ?? "") can't be started: \(String(cString: strerror(number))).")
    }

    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Lends texts as a C array of strings with a null pointer at its end.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let strings = texts.map { strdup($0) }
        defer { for string in strings { free(string) } }
        return body(strings + [nil])
    }
}
