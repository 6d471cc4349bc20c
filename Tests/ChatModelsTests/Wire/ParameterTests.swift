import SessionKit
import Testing

@testable import ChatModels

@Suite("Parameters and schemas")
struct ParameterTests {
    private func body(_ format: any WireFormat, _ request: ModelRequest) throws -> String {
        String(decoding: try format.body(of: request, model: "m"), as: UTF8.self)
    }

    private let chat = OpenAIChatFormat(tokenLimitParameter: .maxTokens, asksForUsage: false)

    @Test func `parameters are sent as they are, and stop as each API calls it`() throws {
        var request = ModelRequest(messages: [.init(role: .user, content: "Hi")])
        request.parameters = ModelParameters(["top_p": "0.90", "stop": #"["END"]"#])
        #expect(try body(chat, request).hasSuffix(#","stop":["END"],"top_p":0.90}"#))
        #expect(try body(AnthropicMessagesFormat(), request).hasSuffix(#","stop_sequences":["END"],"top_p":0.90}"#))
        request.parameters["stop"] = #""END""#
        #expect(try body(AnthropicMessagesFormat(), request).contains(#""stop_sequences":["END"]"#))
    }

    @Test func `a schema is asked for by each API's own means`() throws {
        var request = ModelRequest(messages: [.init(role: .user, content: "Hi")])
        request.schema = #"{"type":"object"}"#
        #expect(
            try body(chat, request).contains(
                #""response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object"}}}"#
            ))
        #expect(
            try body(OpenAIResponsesFormat(), request).contains(
                #""text":{"format":{"type":"json_schema","name":"answer","strict":true,"schema":{"type":"object"}}}"#))
        #expect(
            try body(AnthropicMessagesFormat(), request).contains(
                #""output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}"#))
    }

    @Test(
        "names that are set otherwise are refused", arguments: ["model", "stream", "store", "temperature", "", "a b"])
    func refused(_ name: String) {
        #expect(throws: SessionError.self) { try ModelParameters.check(name) }
    }

    private static let person = ##"""
        {"type":"object","properties":{"name":{"type":"string","minLength":1},"age":{"type":"integer","minimum":0},
        "tags":{"type":"array","items":{"enum":["a","b"]},"maxItems":2},
        "parent":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["name","age"],"additionalProperties":false}
        """##

    @Test func `an answer fits or is told why not`() throws {
        let schema = try AnswerSchema(Self.person)
        for answer in [
            #"{"name":"Ann","age":5}"#, #" {"name":"A","age":0,"tags":["a","b"],"parent":{"name":"B","age":9}} "#,
            #"{"name":"A","age":1,"parent":null}"#,
        ] { #expect(schema.mismatch(in: answer) == nil, "\(answer)") }
        for (answer, reason) in [
            ("Ann", "not JSON"), ("[]", "type object"), (#"{"name":"Ann"}"#, "lacks 'age'"),
            (#"{"name":"","age":1}"#, ".name is below 1"),
            (#"{"name":"A","age":1.5}"#, ".age is not of the type integer"),
            (#"{"name":"A","age":1,"tags":["c"]}"#, "tags[0] is not one of the values"),
            (#"{"name":"A","age":1,"tags":["a","a","a"]}"#, ".tags is above 2"),
            (#"{"name":"A","age":1,"x":1}"#, ".x is not allowed"),
            (#"{"name":"A","age":1,"parent":{"name":"B"}}"#, ".parent fits none of the choices"),
        ] {
            #expect(
                schema.mismatch(in: answer)?.contains(reason) == true, "\(answer): \(schema.mismatch(in: answer) ?? "")"
            )
        }
        #expect(try AnswerSchema(##"{"$ref":"#"}"##).mismatch(in: "1")?.contains("deeply") == true)
    }

    @Test(
        "what is no schema, or one that services don't take, is refused",
        arguments: [
            "no JSON", "[]", #"{"type":"strange"}"#, #"{"patternProperties":{}}"#,
            #"{"properties":{"a":{"oneOf":[]}}}"#,
            #"{"$ref":"http://example.com"}"#, #"{"properties":[]}"#,
        ])
    func badSchemas(_ text: String) {
        let error = #expect(throws: SessionError.self) { try AnswerSchema(text) }
        #expect(error?.code == .malformed)
    }
}
