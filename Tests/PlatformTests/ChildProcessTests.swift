import Foundation
import Platform
import Testing

@Suite("Child processes")
struct ChildProcessTests {
    /// Runs a shell script with its output in a pipe.
    private func output(of script: String, environment: [String: String] = [:], input: ChildStream = .nothing) throws
        -> (text: String, ending: ProcessEnding)
    {
        let pipe = Pipe()
        let child = try ChildProcess.spawn(
            ["/bin/sh", "-c", script], environment: environment, input: input,
            output: .descriptor(pipe.fileHandleForWriting.fileDescriptor))
        try pipe.fileHandleForWriting.close()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return (String(decoding: bytes, as: UTF8.self), ChildProcess.wait(for: child))
    }

    @Test("A child has the environment and the streams it is given, and nothing on standard input if so told")
    func surroundings() throws {
        let (text, ending) = try output(of: "cat; echo \"$A$HOME\"; exit 3", environment: ["A": "ä=b"])
        #expect(text == "ä=b\n" && ending == .status(3))
    }

    @Test("Output that goes nowhere can be written to, and input comes from the descriptor")
    func streams() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("in".utf8))
        try pipe.fileHandleForWriting.close()
        let reading = try output(of: "cat", input: .descriptor(pipe.fileHandleForReading.fileDescriptor))
        #expect(reading.text == "in")
        let child = try ChildProcess.spawn(
            ["/bin/sh", "-c", "echo out && echo errors >&2"], environment: [:], output: .nothing, errors: .nothing)
        #expect(ChildProcess.wait(for: child) == .status(0))
    }

    @Test("A program is found along PATH; one that is not there is an error")
    func search() throws {
        #expect(ChildProcess.wait(for: try ChildProcess.spawn(["true"], environment: [:])) == .status(0))
        #expect(throws: SystemError("posix_spawnp", code: ENOENT)) {
            try ChildProcess.spawn(["no-such-program"], environment: [:])
        }
        #expect(throws: SystemError("posix_spawnp", code: EINVAL)) {
            try ChildProcess.spawn([], environment: [:])
        }
    }

    @Test("A signal that ends it is told apart from a status, and counted as shells do", arguments: [SIGTERM, SIGKILL])
    func signals(number: Int32) throws {
        let ending = try output(of: "kill -\(number) $$").ending
        #expect(ending == .signal(number) && ending.shellStatus == 128 + number)
        #expect(ProcessEnding.status(7).shellStatus == 7)
    }

    @Test("A child dies of a broken pipe though this process ignores them")
    func brokenPipe() throws {
        let before = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, before) }
        let pipe = Pipe()
        // A child that has the reading end too would never write to a broken pipe.
        _ = fcntl(pipe.fileHandleForReading.fileDescriptor, F_SETFD, FD_CLOEXEC)
        let child = try ChildProcess.spawn(
            ["/bin/sh", "-c", "while :; do echo x; done"], environment: [:],
            output: .descriptor(pipe.fileHandleForWriting.fileDescriptor), errors: .nothing)
        try pipe.fileHandleForReading.close()
        #expect(ChildProcess.wait(for: child) == .signal(SIGPIPE))
    }
}
