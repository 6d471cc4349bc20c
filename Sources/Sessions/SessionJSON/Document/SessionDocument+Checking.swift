package import SessionKit

extension SessionDocument {
    /// Checks that what will be written can be read again: a file that can't would be refused for ever.
    ///
    /// What is copied from the bytes that were read needs no look, and of the words only the length matters.
    ///
    /// - Parameter firstLines: what `SummaryLine` encoded.
    /// - Throws: `SessionError` with `notSaved`.
    package func check(firstLines: [UInt8]) throws(SessionError) {
        try checkLengths()
        var proof = self
        proof.undone = []
        proof.pending = pending.filter { $0.range == nil }
        for place in proof.pending.indices {
            proof.pending[place].prompt.content = ""
            proof.pending[place].prompt.partial = nil
        }
        proof.messages = messages.compactMap(\.withoutWords)
        do {
            var bytes: [UInt8] = []
            try proof.write(firstLines: firstLines) { bytes += $0 }
            _ = try SessionDocument(bytes, id: summary.id, modified: summary.updatedAt)
        } catch {
            let flaw = (error as? DocumentFlaw)?.flaw
            let place = flaw.map { "\($0.pathText): \($0.problem)" } ?? "\(error)"
            throw SessionError(
                .notSaved,
                "Session '\(summary.id)' would not be readable any more (\(place)). NOT SAVED; its file stands as it was.",
                cause: error)
        }
    }

    private func checkLengths() throws(SessionError) {
        var isWithin = settings.system.map { $0.utf8.count <= JSONString.longest } ?? true
        for record in pending where record.range == nil {
            isWithin =
                isWithin && record.prompt.content.text.utf8.count <= JSONString.longest
                && (record.prompt.partial?.content.text.utf8.count ?? 0) <= JSONString.longest
        }
        for record in messages {
            guard case .new(let message, _, _) = record.text else { continue }
            isWithin =
                isWithin && message.content.text.utf8.count <= JSONString.longest
                && (message.reasoning?.utf8.count ?? 0) <= JSONString.longest
        }
        guard isWithin else {
            throw SessionError(
                .notSaved, "A text of more than \(JSONString.longest) bytes does not go into a session. NOT SAVED.")
        }
    }
}

extension SessionDocument {
    /// Whether a document can begin with these bytes, of which more may follow: an object, and nothing that has no place
    /// in any JSON text.
    ///
    /// - Parameter head: the first bytes of a file; none but white space are no beginning.
    package static func isBeginning(_ head: [UInt8]) -> Bool {
        let words = head.lazy.filter { !isSpace($0) }
        return words.prefix(2).elementsEqual([UInt8(ascii: "{"), UInt8(ascii: "\"")])
            && head.allSatisfy { $0 >= 0x20 || isSpace($0) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09].contains(byte) }
}
