import Foundation
import SessionKit
import Testing

@Suite("A preview")
struct SessionSummaryTests {
    @Test(arguments: [
        ("", ""), ("  \n", ""), ("My name is\n\tSarah. ", "My name is Sarah."), ("a\r\nb\u{2028}c\u{A0}d", "a b c d"),
        (String(repeating: " ", count: 5000) + "late", "late"),
    ])
    func `is one line of the first words`(_ prompt: String, _ preview: String) {
        #expect(SessionSummary.preview(of: prompt) == preview)
    }

    @Test func `is at most 120 characters, and says when it is cut`() {
        let exact = String(repeating: "x", count: 120)
        #expect(SessionSummary.preview(of: exact) == exact)
        for long in [
            exact + "y", exact + " y", String(repeating: "word ", count: 100_000), String(repeating: "👩‍🚀", count: 9000),
        ] {
            let preview = SessionSummary.preview(of: long)
            #expect(preview.count == 120 && preview.hasSuffix("…"))
        }
    }
}
