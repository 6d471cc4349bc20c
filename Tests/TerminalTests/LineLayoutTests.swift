import Foundation
import Testing

@testable import Terminal

struct LineLayoutTests {
    @Test(arguments: [
        ("abc", 0, 3), ("a\nb", 1, 1), ("1234567890", 1, 0), ("12345678901", 1, 1), ("123456789日", 1, 2),
        ("a\tb", 0, 9), ("123456789\tb", 1, 1), ("1234567890\n", 2, 0), ("日本日本日", 1, 0),
    ])
    func `A row that is full goes on in the next, and what is wider than the rest of one begins there`(
        text: String, row: Int, column: Int
    ) {
        let characters = Array(text)
        let layout = LineLayout(count: characters.count, cursor: characters.count, columns: 10) { index in
            switch characters[index] {
            case "\n": .lineBreak
            case "\t": .tab
            case let character: .columns(LineGlyph(character).columns)
            }
        }
        #expect(layout.cursor == LineLayout.Place(row: row, column: column))
        #expect(layout.rows.count == row + 1)
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
