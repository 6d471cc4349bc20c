#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starts a program with `posix_spawn`; Foundation's `Process` is not part of FoundationEssentials.
enum ChildProcess {
    /// Starts a program that reads nothing and writes to a descriptor.
    ///
    /// - Parameters:
    ///   - arguments: the program, found along the caller's `PATH` unless it has a slash, and its arguments.
    ///   - environment: its environment.
    ///   - output: the descriptor that becomes its standard output.
    /// - Returns: the process id; the caller has to wait for it.
    static func spawn(
        _ arguments: [String], environment: [String: String], output: Int32
    ) throws(SystemError) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        try check(posix_spawn_file_actions_init(&actions), "posix_spawn_file_actions_init")
        defer { posix_spawn_file_actions_destroy(&actions) }
        try check(posix_spawnattr_init(&attributes), "posix_spawnattr_init")
        defer { posix_spawnattr_destroy(&attributes) }
        try check(
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0), "posix_spawn_file_actions_addopen")
        try check(posix_spawn_file_actions_adddup2(&actions, output, 1), "posix_spawn_file_actions_adddup2")
        // What this process ignores or blocks, a child would go on ignoring and blocking: signal(7), execve(2).
        var usual = sigset_t()
        sigemptyset(&usual)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&usual, signal) }
        var none = sigset_t()
        sigemptyset(&none)
        try check(posix_spawnattr_setsigdefault(&attributes, &usual), "posix_spawnattr_setsigdefault")
        try check(posix_spawnattr_setsigmask(&attributes, &none), "posix_spawnattr_setsigmask")
        try check(
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)),
            "posix_spawnattr_setflags")

        guard let program = arguments.first else { throw SystemError("posix_spawn", number: EINVAL) }
        let variables = environment.map { "\($0.key)=\($0.value)" }
        var child = pid_t()
        let result = withCStrings(arguments) { arguments in
            withCStrings(variables) { variables in
                posix_spawnp(&child, program, &actions, &attributes, arguments, variables)
            }
        }
        try check(result, "posix_spawn")
        return child
    }

    private static func check(_ result: Int32, _ call: String) throws(SystemError) {
        guard result == 0 else { throw SystemError(call, number: result) }
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
