import SessionKit
import Testing

@testable import ChatModels

struct APIKeyTests {
    @Test("white space around a key goes")
    func trims() throws {
        #expect(try APIKey(" sk-1234567890\r\n", from: "X").value == "sk-1234567890")
    }

    @Test(
        "a key with a character that no key has is refused without being shown",
        arguments: ["sk-can\r\nary", "sk-can ary", "sk-can\u{7F}ary", "sk-canäry", "“sk-canary”", "sk-can\0ary", " \n"])
    func refuses(text: String) throws {
        let error = try #require(throws: ModelError.self) { try APIKey(text, from: "THE_KEY") }
        #expect(error.code == .refusedCredentials)
        #expect(error.message.contains("THE_KEY"))
        #expect(!error.description.contains("sk-can"))
    }

    @Test("a key is in no description, and goes from texts even with a combining mark after it")
    func hides() throws {
        let key = try APIKey("sk-canary-1", from: "X")
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("canary")) }
        #expect(key.redacted(in: "a sk-canary-1\u{301} b sk-canary-1") == "a [key]\u{301} b [key]")
        #expect(try APIKey("none", from: "X").redacted(in: "none of it") == "none of it")
    }
}
