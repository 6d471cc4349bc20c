import SessionKit
import Testing

@Suite("A model reference")
struct ModelReferenceTests {
    @Test(
        arguments: [
            ("local", "local", nil), ("openai:gpt-5-mini", "openai", "gpt-5-mini"),
            ("ollama:llama3.2:1b", "ollama", "llama3.2:1b"),
            ("local:/path/to/model.gguf", "local", "/path/to/model.gguf"), ("a::b", "a", ":b"), ("a: b", "a", " b"),
            ("lab:\u{301}x", "lab", "\u{301}x"),
        ] as [(String, String, String?)])
    func `is split at the first colon and reads back the same`(_ text: String, _ provider: String, _ model: String?)
        throws
    {
        let reference = try #require(ModelReference(text))
        #expect(reference.provider == provider && reference.model == model)
        #expect(Array(reference.description.utf8) == Array(text.utf8))
    }

    @Test func `has no empty model, whatever it is made of`() {
        #expect(ModelReference(provider: "p", model: "") == ModelReference("p"))
    }

    @Test(arguments: ["", ":", ":model", "provider:", "a\nb", "a:b\u{0}", "a:\u{1B}[2J", "a:b\u{7F}"])
    func `has a provider, no empty model and no control characters`(_ text: String) {
        #expect(ModelReference(text) == nil)
    }
}
