import Testing

@testable import Terminal

@Suite("A search through the lines typed before")
struct LineSearchTests {
    private let entries = ["apple pie", "日本 apple", "banana", "日本 apple", "apple"]

    @Test("The newest that has the pattern, then an older one that differs, and back")
    func directions() {
        var search = LineSearch(entries)
        let isFound = [
            search.append("app"), search.again(.older, former: ""), search.again(.older, former: ""),
            search.again(.older, former: ""),
        ]
        #expect(isFound == [true, true, true, false])
        #expect(search.found == "apple pie")
        let isBack = search.again(.newer, former: "")
        #expect(isBack && search.position == 1)
    }

    @Test("Letters of any script are text, and what is not found keeps what was")
    func scripts() {
        var search = LineSearch(entries)
        let isFound = [search.append("日"), search.append("本"), search.append("中")]
        #expect(isFound == [true, true, false])
        #expect(search.found == "日本 apple" && search.label == "not found: 日本中")
        let isShorter = search.removeLast()
        #expect(isShorter && search.label == "search: 日本")
    }

    @Test("Without a pattern the one of the search before counts")
    func former() {
        var search = LineSearch(entries)
        let isFound = [search.again(.older, former: ""), search.again(.older, former: "ban")]
        #expect(isFound == [false, true])
        #expect(search.found == "banana")
    }
}
