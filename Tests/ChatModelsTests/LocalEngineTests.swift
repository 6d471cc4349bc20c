import SeshTestSupport
import Foundation
import Synchronization
import Testing

@testable import ChatModels
@testable import LocalEngine

/// The life of an engine, with a stand-in for llama.cpp's server.
@Suite(.timeLimit(.minutes(2)))
struct LocalEngineTests {
    @Test("an engine is started when it is needed and used again afterwards")
    func startsOnceAndIsReused() async throws {
        try await LocalEngineFixture.use { fixture in
            let notices = Mutex<[LocalEngineNotice]>([])
            let first = try await fixture.engine().endpoint { notice in notices.withLock { $0.append(notice) } }
            let second = try await fixture.engine().endpoint { notice in notices.withLock { $0.append(notice) } }
            #expect(first == second)
            #expect(first.modelName == "tiny.gguf")
            #expect(first.basePath == "/v1")
            #expect(fixture.starts.count == 1)
            #expect(notices.withLock { $0 } == [.starting(model: "tiny.gguf")])
        }
    }

    @Test("of many who need an engine at once, one starts it and all get it")
    func electsOneStarter() async throws {
        try await LocalEngineFixture.use { fixture in
            let endpoints = try await withThrowingTaskGroup { group in
                for _ in 0..<16 { group.addTask { try await fixture.engine().endpoint() } }
                return try await group.reduce(into: [LocalEngineEndpoint]()) { $0.append($1) }
            }
            #expect(Set(endpoints.map(\.socketPath)).count == 1)
            #expect(fixture.starts.count == 1)
        }
    }

    @Test("a killed engine is replaced, whatever socket it left")
    func recoversFromKilledEngine() async throws {
        try await LocalEngineFixture.use { fixture in
            let endpoint = try await fixture.engine().endpoint()
            let first = try #require(fixture.starts.first)
            kill(first.supervisor, SIGKILL)
            kill(first.engine, SIGKILL)
            #expect(FileManager.default.fileExists(atPath: endpoint.socketPath))
            #expect(try await fixture.engine().endpoint() == endpoint)
            #expect(fixture.starts.count == 2)
        }
    }

    @Test("an engine that nobody uses ends and leaves no socket", .thorough)
    func endsWhenIdle() async throws {
        try await LocalEngineFixture.use(idleSeconds: 4) { fixture in
            let endpoint = try await fixture.engine().endpoint()
            let start = try #require(fixture.starts.first)
            try await fixture.eventually("the supervisor is gone") { kill(start.supervisor, 0) != 0 }
            #expect(kill(start.engine, 0) != 0)
            #expect(!FileManager.default.fileExists(atPath: endpoint.socketPath))
            #expect(fixture.runtimeFiles(".lease").isEmpty)
        }
    }

    @Test("an engine in use stays for longer than its idle time", .thorough)
    func staysWhileInUse() async throws {
        try await LocalEngineFixture.use(idleSeconds: 4) { fixture in
            try await fixture.engine().withEndpoint { _ in
                // Long enough for the supervisor to have looked, and counted, several times over.
                try await Task.sleep(for: .seconds(10))
            }
            #expect(fixture.starts.count == 1)
            let start = try #require(fixture.starts.first)
            #expect(kill(start.engine, 0) == 0)
        }
    }

    @Test("a supervisor that is told to end takes its engine along")
    func terminatesWithSupervisor() async throws {
        try await LocalEngineFixture.use { fixture in
            let endpoint = try await fixture.engine().endpoint()
            let start = try #require(fixture.starts.first)
            kill(start.supervisor, SIGTERM)
            try await fixture.eventually("the supervisor is gone") { kill(start.supervisor, 0) != 0 }
            #expect(kill(start.engine, 0) != 0)
            #expect(!FileManager.default.fileExists(atPath: endpoint.socketPath))
        }
    }

    @Test("an engine whose supervisor was killed still ends when nobody uses it", .thorough)
    func endsWithoutSupervisor() async throws {
        try await LocalEngineFixture.use(idleSeconds: 2) { fixture in
            let endpoint = try await fixture.engine().endpoint()
            let start = try #require(fixture.starts.first)
            kill(start.supervisor, SIGKILL)
            #expect(try await fixture.engine().endpoint() == endpoint)
            #expect(fixture.starts.count == 1)
            try await fixture.eventually("the engine is gone") { kill(start.engine, 0) != 0 }
        }
    }

    @Test("an engine that dies takes its supervisor along")
    func supervisorEndsWithEngine() async throws {
        try await LocalEngineFixture.use { fixture in
            _ = try await fixture.engine().endpoint()
            let start = try #require(fixture.starts.first)
            kill(start.engine, SIGKILL)
            try await fixture.eventually("the supervisor is gone") { kill(start.supervisor, 0) != 0 }
            #expect(fixture.runtimeFiles(".sock").isEmpty)
        }
    }

    @Test("an engine that fails to start is reported with its log and the log's last line")
    func reportsFailureToStart() async throws {
        try await LocalEngineFixture.use(.fail) { fixture in
            let engine = try fixture.engine()
            let error = await #expect(throws: LocalEngineError.self) { try await engine.endpoint() }
            #expect(error?.code == .startFailed)
            #expect(error?.message.contains("error: no such tensor") == true)
            let log = try #require(fixture.runtimeFiles(".log").first)
            #expect(error?.message.contains(log) == true)
            #expect(fixture.starts.count == 1)
        }
    }

    @Test("an engine that failed once is tried again by the next who needs it")
    func triesAgainAfterFailure() async throws {
        try await LocalEngineFixture.use(.fail) { fixture in
            await #expect(throws: LocalEngineError.self) { try await fixture.engine().endpoint() }
            try fixture.setBehaviour(.serve)
            _ = try await fixture.engine().endpoint()
            #expect(fixture.starts.count == 2)
        }
    }

    @Test("an engine that never gets ready is waited for no longer than allowed")
    func timesOut() async throws {
        try await LocalEngineFixture.use(.hang, startTimeout: .milliseconds(300)) { fixture in
            let error = await #expect(throws: LocalEngineError.self) { try await fixture.engine().endpoint() }
            #expect(error?.code == .timedOut)
            try await fixture.eventually("the engine has said that it started") { !fixture.starts.isEmpty }
        }
    }

    @Test("waiting for an engine ends when the task is cancelled")
    func isCancellable() async throws {
        try await LocalEngineFixture.use(.hang) { fixture in
            let engine = try fixture.engine()
            let waiting = Task { try await engine.endpoint() }
            try await fixture.eventually("the engine has said that it started") { !fixture.starts.isEmpty }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
    }

    @Test("an engine holds no descriptor of the program that started it, so a pipe ends when the program does")
    func inheritsNoDescriptor() async throws {
        try await LocalEngineFixture.use { fixture in
            // Not close-on-exec, as the standard output of `$(sesh ...)` is not.
            var descriptors: [CInt] = [-1, -1]
            #expect(pipe(&descriptors) == 0)
            _ = try await fixture.engine().endpoint()
            close(descriptors[1])
            var byte: UInt8 = 0
            #expect(read(descriptors[0], &byte, 1) == 0)
            close(descriptors[0])
        }
    }

    @Test("an engine is given its locale and path but no keys")
    func keepsKeysFromEngine() async throws {
        try await LocalEngineFixture.use { fixture in
            _ = try await fixture.engine().endpoint()
            #expect(fixture.engineEnvironment.contains("LC_ALL=C.UTF-8"))
            #expect(fixture.engineEnvironment.contains("PATH="))
            #expect(!fixture.engineEnvironment.contains("sk-not-for-the-engine"))
        }
    }

    @Test("a model file that is replaced gets an engine of its own")
    func distinguishesReplacedModel() async throws {
        try await LocalEngineFixture.use { fixture in
            let first = try await fixture.engine().endpoint()
            try Data("GGUF, and another model".utf8).write(to: fixture.directory.appending(path: "tiny.gguf"))
            let second = try await fixture.engine().endpoint()
            #expect(first.socketPath != second.socketPath)
            #expect(fixture.starts.count == 2)
        }
    }
}
