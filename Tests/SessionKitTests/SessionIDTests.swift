import Foundation
import SessionKit
import Testing

@Suite("A session id")
struct SessionIDTests {
    @Test(arguments: [
        "a", "7", "demo", "user-sarah-2024", "ticket-42", "sarah@example.com", "20261121-0215-k3f9", "v1.2.3", "a_b",
        "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "a..b", "json", "x.json.old", "a.tmpx", "CON", "A--",
        String(repeating: "x", count: 128),
    ])
    func `is any short text of letters, digits and a few marks`(_ text: String) throws {
        #expect(try SessionID(text).rawValue == text)
        #expect(try "\(SessionID(text))" == text)
    }

    @Test(arguments: [
        "", ".", "..", "../etc/passwd", "a/b", "/a", "a\\b", "~", "-", "-rf", "--help", ".hidden", "_a", "@a", "a.",
        "a..",
        "a.json", "a.JSON", "a.tmp", "a.Tmp", "a b", " a", "a\n", "a\t", "a\r\n", "a\u{0}b", "a\u{0}", "\u{0}",
        "a\u{1B}[2J",
        "é", "e\u{301}", "a\u{301}", "straße", "Ａ", "а", "١", "a\u{200D}b", "👩‍🚀", "a\u{FF0F}b", "a\u{2215}b",
        "\u{FEFF}a", "a:b",
        "a*", "$(id)", "`id`", "a;b", "a%2Fb", "a+b", "a,b", "a=b", "\u{130}",
        String(repeating: "x", count: 129), String(repeating: "é", count: 65), String(repeating: "x", count: 1_000_000),
    ])
    func `is nothing that could be a path, an option, a hidden file or two names at once`(_ text: String) throws {
        let error = try #require(throws: SessionError.self) { try SessionID(text) }
        #expect(error.code == .invalidID)
        #expect(error.message.utf8.count < 1000, "the message does not repeat a huge id")
    }

    @Test func `names the character that is wrong with it`() throws {
        let error = try #require(throws: SessionError.self) { try SessionID("a\u{0}b") }
        #expect(error.message.contains("U+0000"))
    }

    @Test func `keeps its case but folds to the same text as its other spellings`() throws {
        #expect(try SessionID("Ticket-42") != SessionID("ticket-42"))
        #expect(try SessionID("Ticket-42").folded == SessionID("tICKET-42").folded)
    }

    @Test func `that is generated is valid, carries the minute in UTC and sorts by it`() throws {
        var generator = SystemRandomNumberGenerator()
        let start = Date(timeIntervalSince1970: 1_795_227_300)  // 2026-11-21 02:15 UTC
        let ids = (0..<500).map { SessionID.generate(at: start + Double($0) * 3600 * 31, using: &generator) }
        #expect(ids.first?.rawValue.hasPrefix("20261121-0215-") ?? false)
        #expect(ids == ids.sorted())
        for id in ids {
            #expect(try SessionID(id.rawValue) == id)
            #expect(id.rawValue.utf8.count == 18)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -1e300, 1e300, -1])
    func `can be generated whatever the clock shows`(_ seconds: Double) throws {
        let id = SessionID.generate(at: Date(timeIntervalSince1970: seconds))
        #expect(try SessionID(id.rawValue) == id)
    }
}
