import Foundation
import SeshTestSupport
import SessionKit
import Testing

@testable import ChatModels

@Suite(.timeLimit(.minutes(1)))
struct KeyRingTests {
    private func ring(_ environment: [String: String] = [:], timeout: Duration = .seconds(30)) -> KeyRing {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return KeyRing(
            environment: environment.merging(["PATH": path]) { $1 }, hiding: ["OTHER_KEY"], timeout: timeout)
    }

    private func provider(_ command: KeyCommand?, _ variables: [String] = []) -> Provider {
        Provider(name: "p", baseURL: "https://h", keyVariables: variables, keyCommand: command)
    }

    private func error(_ ring: KeyRing, _ provider: Provider) async -> ModelError? {
        do {
            _ = try await ring.key(for: provider)
            return nil
        } catch {
            return error as? ModelError
        }
    }

    @Test("the first variable that is set and not empty holds the key")
    func variables() async throws {
        let key = try await ring(["A": " ", "B": "key-of-b"]).key(for: provider(nil, ["A", "B"]))
        #expect(key?.value == "key-of-b")
    }

    @Test("without a key the error names the variable")
    func missing() async {
        let error = await error(ring(), provider(nil, ["MY_KEY"]))
        #expect(error?.code == .refusedCredentials)
        #expect(error?.message.contains("MY_KEY") == true)
    }

    @Test(
        "what a command prints is the key",
        arguments: [
            KeyCommand.shell("echo from-a-command"), .arguments(["printf", "%s\n", "from-a-command"]),
        ])
    func command(command: KeyCommand) async throws {
        #expect(try await ring().key(for: provider(command))?.value == "from-a-command")
    }

    @Test("a command is run once, and again when its key was refused")
    func runsOnce() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let ring = ring(["COUNT": directory.path + "/count"])
        let provider = provider(.shell(#"echo x >>"$COUNT"; echo "key-$(wc -l <"$COUNT" | tr -d ' ')""#))
        #expect(try await ring.key(for: provider)?.value == "key-1")
        #expect(try await ring.key(for: provider)?.value == "key-1")
        ring.forget(provider)
        #expect(try await ring.key(for: provider)?.value == "key-2")
    }

    @Test("a command reads nothing and sees no other key")
    func surroundings() async throws {
        let command = KeyCommand.shell(#"cat; echo "a${OTHER_KEY}b${MINE}c""#)
        let key = try await ring(["OTHER_KEY": "secret", "MINE": "seen"]).key(for: provider(command))
        #expect(key?.value == "abseenc")
    }

    @Test(
        "a command that fails is named by provider and status, without what it printed",
        arguments: [
            (KeyCommand.shell("echo sk-canary; exit 3"), "status 3"),
            (.shell("echo sk-canary; kill -9 $$"), "signal 9"),
            (.arguments(["/no/such/program"]), "could not be started"),
            (.shell("yes sk-canary"), "far more than a key"),
            (.shell("true"), "empty"), (.shell("echo sk-canary; echo more"), "line break"),
        ])
    func failure(command: KeyCommand, what: String) async {
        let error = await error(ring(), provider(command))
        #expect(error?.code == .refusedCredentials)
        #expect(error?.message.contains(what) == true)
        #expect("\(error as Any)".contains("canary") == false)
    }

    @Test(
        "a command that takes too long is ended, also when it has closed its output",
        arguments: [
            "exec sleep 600", "exec >&-; exec sleep 600",
        ])
    func timeout(line: String) async {
        let error = await error(ring(timeout: .milliseconds(100)), provider(.shell(line)))
        #expect(error?.code == .timedOut)
    }

    @Test("cancelling ends the command")
    func cancels() async {
        let task = Task { try await ring().key(for: provider(.shell("exec sleep 600"))) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
