import Foundation
import Testing

@testable import SeshCommands

@Suite("The configuration file")
struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration {
        let path = FileManager.default.temporaryDirectory.appending(path: "sesh-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(text.utf8).write(to: path)
        return try Configuration(path: path.path, isRequired: true)
    }

    @Test("Model and retention are read")
    func values() throws {
        let configuration = try read(#"{"model":"local","sessionTTL":"30d","maxSessions":100,"historyLimit":50}"#)
        #expect(configuration.historyLimit == 50)
        #expect(configuration.model == "local")
        #expect(configuration.sessionTTL == .seconds(30 * 86_400))
        #expect(configuration.maxSessions == 100)
    }

    @Test(
        "What does not fit is a configuration error that names the key",
        arguments: [
            (#"{"modle":"local"}"#, "modle"), (#"{"maxSessions":"many"}"#, "maxSessions"),
            (#"{"maxSessions":0}"#, "maxSessions"), (#"{"historyLimit":-1}"#, "historyLimit"),
            (#"{"sessionTTL":"soon"}"#, "sessionTTL"),
            (#"{"providers":{"mine":{"baseUrl":"x"}}}"#, "baseUrl"), ("{\n \"maxSessions\": 3,\n}", "line 3, column 1"),
        ])
    func misfits(text: String, key: String) {
        #expect { try read(text) } throws: { error in
            let failure = Failure(error)
            return failure.status == .configuration && failure.message.contains(key)
        }
    }

    @Test("A file that is not JSON is a configuration error; a missing one only if it was named")
    func absence() throws {
        #expect { try read("model = local") } throws: { Failure($0).status == .configuration }
        let missing = "/nonexistent/sesh.json"
        _ = try Configuration(path: missing, isRequired: false)
        #expect { try Configuration(path: missing, isRequired: true) } throws: { Failure($0).status == .configuration }
    }
}
