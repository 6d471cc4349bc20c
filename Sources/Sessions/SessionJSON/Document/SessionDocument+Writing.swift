import SessionKit

extension SessionDocument {
    /// Writes the document in its canonical layout.
    ///
    /// - Parameters:
    ///   - firstLines: what `SummaryLine` encoded.
    ///   - put: gets the bytes piece by piece, in order.
    package func write(firstLines: [UInt8], _ put: (ArraySlice<UInt8>) throws -> Void) throws {
        func line(_ text: String) throws { try put(Array(text.utf8)[...]) }
        try put(firstLines[...])
        try line("\"settings\":")
        try put(SettingsCodec.encode(settings, keeping: storedSettings, of: source)[...])
        try line(",\n\"pending\":[")
        for (place, record) in pending.enumerated() {
            if place > 0 { try line(",") }
            try put(record.encoded(from: source)[...])
        }
        try line("],\n\"undone\":[")
        for (place, record) in undone.enumerated() {
            if place > 0 { try line(",") }
            try write(record, put)
        }
        try line("],\n\"messages\":[\n")
        for (place, record) in messages.enumerated() {
            if place > 0 { try line(",\n") }
            try write(record, put)
        }
        try line(messages.isEmpty ? "]}\n" : "\n]}\n")
    }

    private func write(_ record: UndoneRecord, _ put: (ArraySlice<UInt8>) throws -> Void) throws {
        if let range = record.range {
            var text: [UInt8] = []
            JSONCompaction.append(source[range], to: &text)
            return try put(text[...])
        }
        var writer = JSONObjectWriter()
        writer.put("turn", record.entry.turn.rawValue)
        writer.put("after", record.entry.after?.rawValue)
        writer.put("replacedBy", record.entry.replacedBy?.rawValue)
        writer.put("undoneAt", Timestamp.string(from: record.entry.undoneAt))
        var list: [UInt8] = [UInt8(ascii: "[")]
        for (place, message) in record.messages.enumerated() {
            if place > 0 { list.append(UInt8(ascii: ",")) }
            try write(message) { list.append(contentsOf: $0) }
        }
        list.append(UInt8(ascii: "]"))
        writer.put("messages", json: list)
        try put(writer.finished()[...])
    }

    private func write(_ record: MessageRecord, _ put: (ArraySlice<UInt8>) throws -> Void) throws {
        switch record.text {
        case .new(let message, let extras, let settings):
            try MessageCodec.write(message, extras: extras, settings: settings, of: source, put)
        case .stored(let range) where record.lacksTurn:
            try put(MessageCodec.adding(record.turn, to: range, of: source)[...])
        case .stored(let range):
            guard source[range].contains(UInt8(ascii: "\n")) else { return try put(source[range]) }
            var text: [UInt8] = []
            JSONCompaction.append(source[range], to: &text)
            try put(text[...])
        }
    }

    /// The preview that the session has now: the first words of the first prompt.
    package func currentPreview() throws(JSONFlaw) -> String {
        if let first = messages.first(where: { $0.role == .user }) {
            return SessionSummary.preview(of: try message(first).content.text)
        }
        return pending.first.map { SessionSummary.preview(of: $0.prompt.content.text) } ?? ""
    }
}
