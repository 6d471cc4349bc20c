import Foundation
import Testing

@testable import Terminal

@Suite(.serialized)
struct LineLayoutTests {
    init() {
        #if canImport(Darwin)
            setlocale(LC_CTYPE, "en_US.UTF-8")
        #else
            setlocale(LC_CTYPE, "C.UTF-8")
        #endif
    }

    @Test(arguments: [
        ("abc", 0, 3), ("a\nb", 1, 1), ("1234567890", 1, 0), ("12345678901", 1, 1), ("123456789日", 1, 2),
        ("a\tb", 0, 9),
        ("1234567890\n", 2, 0), ("日本日本日", 1, 0),
    ])
    func `Rows and columns are those of the screen`(text: String, row: Int, column: Int) {
        var layout = LineLayout(columns: 10)
        layout.advance(past: text.unicodeScalars.map { wchar_t($0.value) })
        #expect(layout.row == row && layout.column == column)
    }

    @Test(arguments: [("abc\ndefgh", 7, 3, nil), ("abc\nd", 2, nil, 5), ("a\nbcd", 5, 1, nil), ("abc", 1, nil, nil)])
    func `Up and down keep the distance from the beginning of the line`(text: String, at: Int, up: Int?, down: Int?) {
        let elements = text.unicodeScalars.map { wchar_t($0.value) }
        elements.withUnsafeBufferPointer { elements in
            let cursor = LineCursor(elements, at: at)
            #expect(cursor.up() == up)
            #expect(cursor.down() == down)
        }
    }
}
