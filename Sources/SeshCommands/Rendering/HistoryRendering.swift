import SessionKit

/// Writes a session's messages.
struct HistoryRendering {
    let transcript: Transcript
    let format: OutputFormat

    /// Writes them, each as soon as it is composed: a long history has no second copy in memory.
    func write(to output: ScreenOutput) throws {
        let entries = HistoryEntry.all(of: transcript)
        switch format {
        case .json:
            try output.writeLine(JSONText.encodeLines(entries.map(json)))
        case .text:
            for (place, entry) in entries.enumerated() {
                if place > 0 { try output.write("\n") }
                try write(entry, to: output)
            }
        }
    }

    private func json(_ entry: HistoryEntry) -> MessageJSON {
        switch entry {
        case .message(let message): MessageJSON(message)
        case .pending(let prompt): MessageJSON(prompt)
        }
    }

    /// Writes one entry: a line with role and marks, then the words.
    private func write(_ entry: HistoryEntry, to output: ScreenOutput) throws {
        switch entry {
        case .message(let message):
            var marks = [message.model?.description].compactMap { $0 }
            if message.status != .complete { marks.append(message.status.rawValue) }
            if message.finishReason == .length { marks.append("cut at the length limit") }
            try write(message.role.rawValue, marks, message.content, isAmiss: message.status != .complete, to: output)
        case .pending(let prompt):
            let mark = prompt.state == .live ? "waiting for an answer" : "unanswered"
            try write(Role.user.rawValue, [mark], prompt.content, isAmiss: true, to: output)
        }
    }

    private func write(
        _ role: String, _ marks: [String], _ content: String, isAmiss: Bool, to output: ScreenOutput
    ) throws {
        let head = marks.isEmpty ? "\(role):" : "\(role) (\(marks.joined(separator: ", "))):"
        try output.writeComposed(output.styled(head, isAmiss ? .yellow : .cyan) + "\n")
        try output.write(content.utf8.last == UInt8(ascii: "\n") ? content : content + "\n")
    }
}
