import LocalEngine
import ChatModels
import Foundation
import Testing

/// The real engine with the real model, where `Scripts/install-local-model` has run.
@Suite(.timeLimit(.minutes(5)))
struct LocalEngineConversationTests {
    private static let configuration = LocalEngineConfiguration(
        environment: ProcessInfo.processInfo.environment, homeDirectory: NSHomeDirectory(), userID: getuid(),
        idleSeconds: 5)

    private static var isInstalled: Bool { LocalEngineInstallation.find(configuration) != nil }

    @Test(
        "the installed model remembers what was said before",
        .enabled(if: isInstalled, "The local model isn't installed here: run Scripts/install-local-model."))
    func remembersSecretWord() async throws {
        let engine = try LocalEngine(Self.configuration)
        let answer = try await engine.withEndpoint { endpoint in
            try chat(
                endpoint,
                [
                    ["role": "user", "content": "The secret word is banana. Remember it."],
                    ["role": "assistant", "content": "I will remember that the secret word is banana."],
                    ["role": "user", "content": "What is the secret word?"],
                ])
        }
        #expect(answer.lowercased().contains("banana"))
    }

    /// Asks by way of curl, to be independent of the transport that sesh itself uses.
    private func chat(_ endpoint: LocalEngineEndpoint, _ messages: [[String: String]]) throws -> String {
        let request: [String: Any] = ["model": endpoint.modelName, "messages": messages, "temperature": 0]
        let body = try JSONSerialization.data(withJSONObject: request)
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/env")
        curl.arguments = [
            "curl", "-sS", "--unix-socket", endpoint.socketPath, "-H", "Content-Type: application/json",
            "-d", String(decoding: body, as: UTF8.self), "http://localhost\(endpoint.basePath)/chat/completions",
        ]
        let output = Pipe()
        curl.standardOutput = output
        try curl.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        curl.waitUntilExit()
        let answer = try JSONDecoder().decode(Answer.self, from: data)
        return try #require(answer.choices.first).message.content
    }

    private struct Answer: Decodable {
        struct Choice: Decodable { let message: Message }
        struct Message: Decodable { let content: String }
        let choices: [Choice]
    }
}
