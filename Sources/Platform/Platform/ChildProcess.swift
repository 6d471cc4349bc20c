#if canImport(Glibc)
    package import Glibc
#else
    package import Darwin
#endif

/// Starts programs with posix_spawn(3): Foundation's `Process` is not part of FoundationEssentials.
package enum ChildProcess {
    /// Starts a program in this process's group, with the signals that end a program at their defaults and none blocked.
    ///
    /// What this process ignores or blocks, a child would go on ignoring and blocking (signal(7), execve(2)): a pager has
    /// to die of a broken pipe. Descriptors without close-on-exec are the child's too.
    ///
    /// - Parameters:
    ///   - arguments: the program, found along this process's `PATH` unless it has a slash, and its arguments.
    ///   - environment: all of its environment.
    ///   - input: its standard input.
    ///   - output: its standard output.
    ///   - errors: its standard error.
    /// - Returns: the process id; the caller has to wait for it.
    package static func spawn(
        _ arguments: [String], environment: [String: String], input: ChildStream = .inherited,
        output: ChildStream = .inherited, errors: ChildStream = .inherited
    ) throws(SpawnError) -> pid_t {
        #if canImport(Darwin)
            var (actions, attributes): (Actions, Attributes) = (nil, nil)
        #else
            var (actions, attributes) = (Actions(), Attributes())
        #endif
        try check(posix_spawn_file_actions_init(&actions), "posix_spawn_file_actions_init")
        defer { posix_spawn_file_actions_destroy(&actions) }
        try check(posix_spawnattr_init(&attributes), "posix_spawnattr_init")
        defer { posix_spawnattr_destroy(&attributes) }
        for (number, stream) in zip(Int32(0)..., [input, output, errors]) {
            try connect(stream, to: number, in: &actions)
        }
        try resetSignals(in: &attributes)
        guard let program = arguments.first else { throw SpawnError(call: "posix_spawnp", errno: EINVAL) }
        var child = pid_t()
        let result = CStrings.with(arguments) { arguments in
            CStrings.with(environment: environment) {
                posix_spawnp(&child, program, &actions, &attributes, arguments, $0)
            }
        }
        try check(result, "posix_spawnp")
        return child
    }

    /// Waits for the end of a child; blocks the calling thread.
    ///
    /// - Parameter child: what `spawn` returned, not waited for before.
    /// - Returns: how it ended.
    package static func wait(for child: pid_t) -> ProcessEnding {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return ProcessEnding(waitStatus: status)
    }

    /// Makes this process another program: its descriptors, its terminal and its parent stay.
    ///
    /// - Parameters:
    ///   - program: its absolute path.
    ///   - arguments: its arguments behind its name.
    ///   - environment: all of its environment.
    package static func become(
        _ program: String, _ arguments: [String], environment: [String: String]
    ) throws(SpawnError) -> Never {
        signal(SIGPIPE, SIG_DFL)
        signal(SIGXFSZ, SIG_DFL)
        let number = CStrings.with([program] + arguments) { arguments in
            CStrings.with(environment: environment) {
                execve(program, arguments, $0)
                return errno
            }
        }
        throw SpawnError(call: "execve", errno: number)
    }

    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t
    #endif

    private static func connect(
        _ stream: ChildStream, to number: Int32, in actions: inout Actions
    ) throws(SpawnError) {
        switch stream {
        case .inherited: break
        case .nothing:
            let result = posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
            try check(result, "posix_spawn_file_actions_addopen")
        case .descriptor(let descriptor):
            let result = posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            try check(result, "posix_spawn_file_actions_adddup2")
        }
    }

    private static func resetSignals(in attributes: inout Attributes) throws(SpawnError) {
        var (usual, none) = (sigset_t(), sigset_t())
        sigemptyset(&usual)
        sigemptyset(&none)
        for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&usual, signal) }
        try check(posix_spawnattr_setsigdefault(&attributes, &usual), "posix_spawnattr_setsigdefault")
        try check(posix_spawnattr_setsigmask(&attributes, &none), "posix_spawnattr_setsigmask")
        let flags = Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        try check(posix_spawnattr_setflags(&attributes, flags), "posix_spawnattr_setflags")
    }

    private static func check(_ result: Int32, _ call: String) throws(SpawnError) {
        if result != 0 { throw SpawnError(call: call, errno: result) }
    }
}
