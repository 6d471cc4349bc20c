import Foundation

/// A chat service on this machine: speaks the OpenAI Chat Completions API as a test wants it to.
package struct ChatServer: Sendable {
    package let server: LoopbackServer

    /// A service whose answer to each request the test writes itself.
    package init(_ handler: @escaping LoopbackServer.Handler) throws { server = try LoopbackServer(handler) }

    /// A service that answers every prompt with words made of it.
    package init(answering answer: @escaping @Sendable (String) -> String) throws {
        try self.init { request, connection in
            let prompt = Self.prompts(of: request).last ?? ""
            try connection.startChunks()
            for piece in answer(prompt).split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                try connection.sendChunk(Self.event(piece.offset == 0 ? String(piece.element) : " " + piece.element))
            }
            try connection.sendChunk(Self.end)
            try connection.endChunks()
        }
    }

    /// A service that fails.
    package init(status: Int, headers: [(name: String, value: String)] = [], message: String = "") throws {
        try self.init { _, connection in
            let body = try JSONSerialization.data(withJSONObject: ["error": ["message": message]])
            try connection.respond(
                status, headers: [("Content-Type", "application/json")] + headers,
                body: String(decoding: body, as: UTF8.self))
        }
    }

    /// The environment that leads `openai:test` here.
    package var environment: [String: String] {
        ["OPENAI_BASE_URL": server.url + "/v1", "OPENAI_API_KEY": Canary.key, "SESH_MODEL": "openai:test"]
    }

    /// One piece of an answer as a server-sent event.
    package static func event(_ text: String) -> String {
        event(["choices": [["index": 0, "delta": ["content": text]]]])
    }

    /// The end of an answer.
    package static let end =
        event(["choices": [["index": 0, "delta": [:] as [String: String], "finish_reason": "stop"]]])
        + "data: [DONE]\n\n"

    /// An ending for another reason.
    package static func end(_ reason: String) -> String {
        event(["choices": [["index": 0, "delta": [:] as [String: String], "finish_reason": reason]]])
            + "data: [DONE]\n\n"
    }

    /// The words of the user's messages in a request.
    package static func prompts(of request: LoopbackRequest) -> [String] {
        messages(of: request).filter { $0["role"] == "user" }.compactMap { $0["content"] }
    }

    /// The messages in a request.
    package static func messages(of request: LoopbackRequest) -> [[String: String]] {
        let object = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        return object?["messages"] as? [[String: String]] ?? []
    }

    private static func event(_ object: [String: Any]) -> String {
        // Strings, arrays and dictionaries of them are always JSON.
        let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        return "data: " + String(decoding: data, as: UTF8.self) + "\n\n"
    }
}
