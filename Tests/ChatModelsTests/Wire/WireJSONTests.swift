import Testing

@testable import ChatModels

struct WireJSONTests {
    @Test(
        "escapes of half a surrogate pair become U+FFFD, and nothing else changes",
        arguments: [
            (#""\ud83d\ude00""#, #""\ud83d\ude00""#),
            (#""\ud83d""#, #""\uFFFD""#),
            (#""\ude00\ud83d""#, #""\uFFFD\uFFFD""#),
            (#""\ud83d\ud83d\ude00""#, #""\uFFFD\ud83d\ude00""#),
            (#""\\ud83d""#, #""\\ud83d""#),
            (#""\\\uDE00x""#, #""\\\uFFFDx""#),
            (#""\n\"\ud83d\n""#, #""\n\"\uFFFD\n""#),
            (#""\ud83"#, #""\ud83"#),
            (#""\"#, #""\"#),
        ])
    func repairsSurrogates(text: String, expected: String) {
        #expect(String(decoding: WireJSON.repairingCharacters(Array(text.utf8)), as: UTF8.self) == expected)
    }

    @Test("a document with a lone surrogate can be read")
    func readsLoneSurrogate() {
        #expect(WireJSON.decode([String].self, from: Array(#"["a\ud83d"]"#.utf8)) == ["a\u{FFFD}"])
    }

    @Test("bytes that are not UTF-8 are read as U+FFFD")
    func readsInvalidUTF8() {
        let bytes = Array(#"["a"#.utf8) + [0xF0, 0x9F, 0x98] + Array(#"b\ud83d"]"#.utf8)
        #expect(WireJSON.decode([String].self, from: bytes) == ["a\u{FFFD}b\u{FFFD}"])
    }
}
