import Foundation
import Testing

@testable import ChatModels
@testable import LocalEngine

/// Which files are taken for models, and what is found to serve them.
struct LocalEngineModelTests {
    @Test("a file that doesn't begin with GGUF is refused")
    func refusesOtherFormats() async throws {
        try await LocalEngineFixture.use { fixture in
            let path = fixture.directory.appending(path: "text.gguf").path
            try Data("Hello".utf8).write(to: URL(filePath: path))
            let error = #expect(throws: LocalEngineError.self) { try LocalEngineModel(path: path) }
            #expect(error?.code == .invalidModel)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test("a missing file, a directory and a FIFO are refused without waiting")
    func refusesWhatIsNoFile() async throws {
        try await LocalEngineFixture.use { fixture in
            let fifo = fixture.directory.appending(path: "fifo").path
            #expect(mkfifo(fifo, 0o600) == 0)
            for path in [fixture.directory.path + "/none", fixture.directory.path, fifo] {
                let error = #expect(throws: LocalEngineError.self) { try LocalEngineModel(path: path) }
                #expect(error?.code == .invalidModel)
            }
        }
    }

    @Test("without an installation the error says how to get one")
    func explainsMissingInstallation() async throws {
        try await LocalEngineFixture.use { fixture in
            let error = #expect(throws: LocalEngineError.self) { try LocalEngine(fixture.configuration) }
            #expect(error?.code == .notInstalled)
            #expect(error?.message.contains("sesh install-local-model") == true)
        }
    }

    @Test("the installed engine serves where there is no llama-server")
    func usesInstalledEngine() async throws {
        try await LocalEngineFixture.use { fixture in
            let data = fixture.configuration.dataDirectory
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            try Data("GGUF".utf8).write(to: URL(filePath: data + "/w.gguf"))
            try Data().write(to: URL(filePath: data + "/serve.py"))
            let manifest = """
                {"format": "sesh.local-model/1", "release": 1, "weights": "w.gguf", "name": "Tiny",
                 "python": "/bin/sh", "server": "serve.py"}
                """
            try Data(manifest.utf8).write(to: URL(filePath: data + "/local-model.json"))
            var configuration = fixture.configuration
            configuration.environment["PATH"] = "/nowhere"
            let installation = try #require(LocalEngineInstallation.find(configuration))
            let model = try LocalEngineModel(path: installation.weights, name: installation.name)
            let command = try LocalEngineCommand(serving: model, socket: "/s.sock", configuration: configuration)
            #expect(command.arguments.starts(with: ["/bin/sh", "-I", data + "/serve.py", "--model", model.path]))
            #expect(model.name == "Tiny")

            let preferred = try LocalEngineCommand(
                serving: model, socket: "/s.sock", configuration: fixture.configuration)
            #expect(preferred.arguments.first == fixture.directory.path + "/bin/llama-server")
        }
    }
}
