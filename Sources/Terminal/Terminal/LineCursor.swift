/// A place in a text of several lines.
struct LineCursor {
    private let elements: UnsafeBufferPointer<WideCharacter>
    private let index: Int

    init(_ elements: UnsafeBufferPointer<WideCharacter>, at index: Int) {
        (self.elements, self.index) = (elements, index)
    }

    /// The place at the same distance from the beginning of the line above; nil in the first line.
    func up() -> Int? {
        let start = start(ofLineAt: index)
        guard start > 0 else { return nil }
        let above = self.start(ofLineAt: start - 1)
        return min(above + index - start, start - 1)
    }

    /// The place at the same distance from the beginning of the line below; nil in the last line.
    func down() -> Int? {
        guard let end = elements[index...].firstIndex(of: 0x0A) else { return nil }
        let endBelow = elements[(end + 1)...].firstIndex(of: 0x0A) ?? elements.count
        return min(end + 1 + index - start(ofLineAt: index), endBelow)
    }

    private func start(ofLineAt index: Int) -> Int {
        elements[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    }
}
