import Testing

@testable import Terminal

struct LineHistoryTests {
    @Test func `The draft comes back whole, with where it came from`() {
        var history = LineHistory(limit: 10)
        _ = history.add("one")
        _ = history.add("two")
        let draft = LineDraft(elements: Array(repeating: 120, count: 5000), origin: .pasted, insertedEnd: [120])
        #expect(history.previous(leaving: draft) == "two")
        #expect(history.previous(leaving: LineDraft(elements: [1])) == "one")
        #expect(history.previous(leaving: LineDraft(elements: [1])) == nil)
        #expect(history.next() == .entry("two"))
        #expect(history.next() == .draft(draft))
        #expect(history.next() == nil)
    }

    @Test func `No duplicates in a row, and no more than the limit`() {
        var history = LineHistory(limit: 2)
        #expect(history.add("a") && !history.add("a") && history.add("b") && history.add("a"))
        #expect(history.entries == ["b", "a"])
        history.replace(with: ["1", "2", "3"])
        #expect(history.entries == ["2", "3"])
    }
}
