import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program started by posix_spawn(3), its standard streams files.
///
/// For tests that start thousands: Foundation's `Process` keeps descriptors and a thread's attention for each, this
/// nothing but a process id.
package struct SpawnedProgram: Sendable {
    /// How a program ended.
    package enum Ending: Sendable, Equatable {
        /// It exited with this code.
        case exited(Int32)
        /// This signal ended it.
        case signaled(Int32)
    }

    /// The process.
    package let id: Int32

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: the program.
    ///   - arguments: its command line without its own name.
    ///   - environment: all of its variables.
    ///   - input: the file that it reads.
    ///   - output: the file that its standard output replaces.
    ///   - errors: the file that its standard error replaces.
    /// - Throws: ``POSIXError`` when it can't be started.
    package init(
        _ path: String, _ arguments: [String], environment: [String: String], input: String = "/dev/null",
        output: String = "/dev/null", errors: String = "/dev/null"
    ) throws {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, nil, words, variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        id = process
    }

    /// Kills it as a power cut would: it gets no chance to do anything.
    package func kill() {
        // Not waited for yet, so the id is still its own even if it has ended.
        #if canImport(Glibc)
            Glibc.kill(id, SIGKILL)
        #else
            Darwin.kill(id, SIGKILL)
        #endif
    }

    /// Sends it a signal, also if it has ended.
    package func send(_ signal: Int32) {
        #if canImport(Glibc)
            Glibc.kill(id, signal)
        #else
            Darwin.kill(id, signal)
        #endif
    }

    /// Blocks until it ends, or kills it; to be called once, on a thread of the test's own.
    ///
    /// - Parameter seconds: how long it may take.
    /// - Returns: how it ended; nil if it had to be killed.
    package func wait(seconds: Int) -> Ending? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < deadline else {
                kill()
                _ = wait()
                return nil
            }
            usleep(500)
        }
        return Self.ending(status)
    }

    /// Blocks until it ends; to be called once, on a thread of the test's own.
    package func wait() -> Ending {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return Self.ending(status)
    }

    private static func ending(_ status: Int32) -> Ending {
        // WIFSIGNALED and WEXITSTATUS are macros, which Swift does not import (wait(2)).
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
    }
}
