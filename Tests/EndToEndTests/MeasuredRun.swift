import Foundation

extension Sandbox {
    /// Runs the program and learns how much memory it had at most.
    ///
    /// - Parameters:
    ///   - arguments: its command line.
    ///   - input: what it finds on standard input; nil is `/dev/null`.
    ///   - environment: variables beside the usual ones.
    /// - Returns: the run, and the peak of its resident memory in bytes.
    func measured(
        _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]
    ) async throws -> (run: Run, peak: Int) {
        // Python starts it, not the test: a child's peak begins with the memory of the process it was forked from.
        let script = """
            import os, resource, sys
            child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
            status = os.waitpid(child, 0)[1]
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            with open(sys.argv[1], 'w') as file: file.write(str(peak if sys.platform == 'darwin' else peak * 1024))
            if os.WIFSIGNALED(status):
                import signal
                signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
                os.kill(os.getpid(), os.WTERMSIG(status))
            sys.exit(os.WEXITSTATUS(status))
            """
        let place = root.appending(path: "peak-\(UUID().uuidString.prefix(8))")
        let run = try await start(
            ["python3", "-c", script, place.path, Self.binary] + arguments, program: "/usr/bin/env", input: input,
            environment: environment
        ).finish()
        guard let peak = Int(try String(contentsOf: place, encoding: .utf8)) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return (run, peak)
    }
}
