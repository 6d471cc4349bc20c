internal import TerminalText
internal import CLibEdit

/// The text that is edited, and functions that change all of it.
extension LineEditor {
    /// libedit's buffer; valid until the next call of libedit.
    var elements: UnsafeBufferPointer<WideCharacter> {
        guard let info = el_wline(line)?.pointee, let start = info.buffer, let end = info.lastchar else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: start, count: end - start)
    }

    /// The number of elements before the cursor.
    var cursor: Int {
        guard let info = el_wline(line)?.pointee, let start = info.buffer, let cursor = info.cursor else { return 0 }
        return cursor - start
    }

    var draft: LineDraft {
        get { LineDraft(elements: Array(elements), origin: origin, insertedEnd: insertedEnd) }
        set {
            moveCursor(to: elements.count)
            el_deletestr(line, Int32(clamping: elements.count))
            _ = insert(newValue.elements)
            (origin, insertedEnd) = (newValue.origin, newValue.insertedEnd)
        }
    }

    /// Inserts before the cursor; returns libedit's code.
    func insert(_ text: [WideCharacter]) -> UInt8 {
        guard !text.isEmpty else { return UInt8(SESH_CC_NORM) }
        return UInt8(el_winsertstr(line, text + [0]) == 0 ? SESH_CC_REFRESH : SESH_CC_ERROR)
    }

    func enterKey() -> UInt8 {
        let draft = draft
        let ending = LineEnding(
            clusters.decode(draft.elements), isStartTyped: origin == .typed, isEndTyped: draft.isEndTyped)
        switch ending {
        case .complete(let text, let isBlock):
            leave(with: .line(text, isVerbatim: isBlock || origin == .pasted))
            return UInt8(SESH_CC_EOF)
        case .lineBreak:
            moveCursor(to: draft.elements.count)
        case .lineBreakForBackslash:
            moveCursor(to: draft.elements.count)
            el_deletestr(line, 1)
        }
        insertedEnd = []
        return insert([0x0A])
    }

    func up() -> UInt8 {
        if let target = LineCursor(elements, at: cursor).up() { return moveCursor(to: target) }
        guard let entry = history.previous(leaving: draft) else { return UInt8(SESH_CC_ERROR) }
        return recall(entry)
    }

    func down() -> UInt8 {
        if let target = LineCursor(elements, at: cursor).down() { return moveCursor(to: target) }
        switch history.next() {
        case .entry(let entry): return recall(entry)
        case .draft(let draft):
            self.draft = draft
            return UInt8(SESH_CC_REFRESH)
        case nil: return UInt8(SESH_CC_ERROR)
        }
    }

    func recall(_ entry: String) -> UInt8 {
        let recalled = clusters.encode(entry)
        draft = LineDraft(elements: recalled, origin: .recalled, insertedEnd: recalled)
        return UInt8(SESH_CC_REFRESH)
    }

    @discardableResult
    func moveCursor(to index: Int) -> UInt8 {
        el_cursor(line, Int32(clamping: index - cursor))
        return UInt8(SESH_CC_REFRESH)
    }

    func complete() -> UInt8 {
        let text = clusters.decode(elements.prefix(cursor))
        guard let completion = options.completion?(text), !completion.candidates.isEmpty else {
            return UInt8(SESH_CC_ERROR)
        }
        _ = insert(clusters.encode(completion.insertion))
        guard completion.candidates.count > 1 else { return UInt8(SESH_CC_REFRESH) }
        // The list goes below the whole text.
        leaveText()
        show("\n" + completion.overview(columns: window.columns))
        return UInt8(SESH_CC_NORM)
    }

    func openEditor() -> UInt8 {
        guard let editor = options.externalEditor else { return UInt8(SESH_CC_ERROR) }
        pauseEditing()
        do throws(ExternalEditorError) {
            if let edited = try editor.edit(clusters.decode(elements)) {
                let elements = clusters.encode(edited)
                // The origin stays, so that the text is a command only if it was one before.
                draft = LineDraft(elements: elements, origin: origin, insertedEnd: elements)
            }
        } catch {
            show(ScreenText.safeLine(error.description) + "\n")
        }
        resumeEditing()
        return UInt8(SESH_CC_NORM)
    }
}

/// A position in a text of several lines.
struct LineCursor {
    private let elements: UnsafeBufferPointer<WideCharacter>
    private let index: Int

    init(_ elements: UnsafeBufferPointer<WideCharacter>, at index: Int) {
        (self.elements, self.index) = (elements, index)
    }

    /// The index in the line above at the same distance from its beginning; nil in the first line.
    func up() -> Int? {
        let start = start(ofLineAt: index)
        guard start > 0 else { return nil }
        let above = self.start(ofLineAt: start - 1)
        return min(above + index - start, start - 1)
    }

    /// The index in the line below at the same distance from its beginning; nil in the last line.
    func down() -> Int? {
        guard let end = elements[index...].firstIndex(of: 0x0A) else { return nil }
        let endBelow = elements[(end + 1)...].firstIndex(of: 0x0A) ?? elements.count
        return min(end + 1 + index - start(ofLineAt: index), endBelow)
    }

    private func start(ofLineAt index: Int) -> Int {
        elements[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    }
}
