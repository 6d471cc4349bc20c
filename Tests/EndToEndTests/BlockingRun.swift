import Foundation

/// A run of the program that its thread waits for: thousands of them cost less than with Foundation's `Process`.
struct BlockingRun {
    /// The exit code; nil if a signal ended it.
    let status: Int32?
    /// Standard output.
    let output: String
    /// Standard error.
    let errors: String

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: its command line.
    ///   - input: the file it finds on standard input.
    ///   - environment: all of its variables.
    ///   - directory: where its output is kept meanwhile; one run at a time.
    init(_ arguments: [String], input: String, environment: [String: String], in directory: URL) throws {
        let (out, err) = (directory.appending(path: "out").path, directory.appending(path: "err").path)
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var process = pid_t()
        let error = Self.withStrings([Sandbox.binary] + arguments) { arguments in
            Self.withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&process, Sandbox.binary, &actions, nil, arguments, environment)
            }
        }
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        var ending: Int32 = 0
        while waitpid(process, &ending, 0) < 0 && errno == EINTR {}
        // WIFEXITED and WEXITSTATUS, which are macros.
        status = ending & 0x7F == 0 ? (ending >> 8) & 0xFF : nil
        output = String(decoding: try Data(contentsOf: URL(filePath: out)), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: URL(filePath: err)), as: UTF8.self)
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
