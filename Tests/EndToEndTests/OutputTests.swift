import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Programs that share a pipe")
    struct OutputTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// How many whole lines forty programs, eight at a time, leave in one pipe.
        private func wholeLines(_ options: String, environment: [String: String] = [:]) async throws -> Int {
            let script =
                "seq 1 40 | xargs -P 8 -I{} \"$0\" chat -q -n \(options) --ephemeral 'this is message {}' | cat"
            let run = try await sandbox.start(
                ["-c", script, Sandbox.binary], program: "/bin/sh", environment: environment
            ).finish()
            let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            return Set(lines).intersection((1...40).map { "this is message \($0)" }).count
        }

        @Test("xargs -P: an answer in one piece is one write, so that its line stays whole", arguments: 1...20)
        func echoes(round: Int) async throws {
            #expect(try await wholeLines("-m echo") == 40)
        }

        @Test("xargs -P with --no-stream: lines stay whole however the service cuts its answers")
        func words() async throws {
            let server = try ChatServer(answering: { $0 })
            #expect(try await wholeLines("--no-stream", environment: server.environment) == 40)
        }
    }
}
