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

    @Test("A child that is given descriptors has those and no more; a detached one has a session of its own")
    func others() throws {
        let (output, lock, open) = (Pipe(), Pipe(), Pipe())
        // Without close-on-exec, so that only the list keeps it from the child.
        let extra = fcntl(open.fileHandleForWriting.fileDescriptor, F_DUPFD, 20)
        defer { Descriptor.close(extra) }
        let child = try ChildProcess.spawn(
            ["/bin/sh", "-c", "echo lock >&3; { echo more >&4; } 2>/dev/null || echo closed; read -r line <&0"],
            environment: [:], input: .nothing, output: .descriptor(output.fileHandleForWriting.fileDescriptor),
            errors: .nothing, others: [lock.fileHandleForWriting.fileDescriptor], isDetached: true)
        #expect(getsid(child) == child)
        #expect(ChildProcess.wait(for: child) == .status(1))
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "closed\n")
        #expect(String(decoding: lock.fileHandleForReading.availableData, as: UTF8.self) == "lock\n")
    }

    @Test("Its end is found without waiting, once it has come")
    func ending() throws {
        let pipe = Pipe()
        let child = try ChildProcess.spawn(
            ["/bin/sh", "-c", "read -r line; exit 4"], environment: [:],
            input: .descriptor(pipe.fileHandleForReading.fileDescriptor))
        #expect(try ChildProcess.ending(of: child) == nil)
        try pipe.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
        var ending: ProcessEnding?
        while ending == nil { ending = try ChildProcess.ending(of: child) }
        #expect(ending == .status(4))
        #expect(throws: SystemError("waitpid", code: ECHILD)) { try ChildProcess.ending(of: child) }
    }
}
