import Foundation
import SessionKit
import Testing

@testable import ChatModels

@Suite("The sampler against loops")
struct LoopBreakingTests {
    private func body(_ loopBreaking: LoopBreaking?) throws -> [String: Any] {
        let format = OpenAIChatFormat(
            tokenLimitParameter: .maxTokens, asksForUsage: true, loopBreaking: loopBreaking)
        let bytes = try format.body(of: ModelRequest(messages: [], temperature: 0.5), model: "m")
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test("is asked for beside the other options, in llama.cpp's words")
    func asked() throws {
        let body = try body(.bundledModel)
        #expect(body["dry_multiplier"] as? Double == 0.8)
        #expect(body["dry_allowed_length"] as? Int == 8)
        #expect(body["dry_penalty_last_n"] as? Int == 1024)
        #expect(body["dry_sequence_breakers"] as? [String] == ["<|im_end|>"])
        #expect(body["temperature"] as? Double == 0.5 && body["model"] as? String == "m")
        #expect((body["stream_options"] as? [String: Any])?["include_usage"] as? Bool == true)
    }

    @Test("is never sent to a service that does not know it")
    func notAsked() throws {
        #expect(try !body(nil).keys.contains { $0.hasPrefix("dry_") })
    }
}
