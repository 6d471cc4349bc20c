import SessionKit
import Testing

@Suite("Content")
struct ContentTests {
    @Test func `is the same only if its bytes are`() {
        let (composed, decomposed) = (Content("caf\u{E9}"), Content("cafe\u{301}"))
        #expect(composed != decomposed && composed == Content("caf\u{E9}"))
        #expect(Set([composed, decomposed, composed]).count == 2)
    }

    @Test(
        "has the SHA-256 hash of its bytes: the examples of FIPS 180-4, and lengths around a block's end",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
            (
                String(repeating: "q", count: 55), "85528b5baff5639cb8e7daca79d085ac29ac0978e873ed7527158616b2b6c379"
            ),
            (
                String(repeating: "q", count: 63), "9b49777003a4143d8c3f4d3002eb631c6bda8b030a3ccc87f8a21d5f61c89e87"
            ),
            (
                String(repeating: "q", count: 64), "ee8e658590c9a5e119400a774415a01db104de1ee6e2c29ec69aa73ef46544d2"
            ),
        ])
    func digest(_ text: String, _ hash: String) {
        let digest = ContentDigest(Content(text))
        let digits = digest.hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(digits == hash && digest.length == text.utf8.count)
        #expect(digest.matches(Content(text)) && !digest.matches(Content(text + "a")))
    }
}
