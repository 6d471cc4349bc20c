import Foundation

/// What a session's file holds, as a reader sees it that shares no code with the program.
struct StoredState: Equatable, Sendable {
    /// One line of the history.
    struct Line: Equatable, Sendable {
        let turn: String
        let role: String
        let content: String

        /// Whether this is what was expected; a turn that was to be made then has any identity.
        func matches(_ expected: Line) -> Bool {
            role == expected.role && content == expected.content && (expected.turn.isEmpty || turn == expected.turn)
        }
    }

    /// Why a file is not what it has to be.
    struct Flaw: Error, CustomStringConvertible {
        let description: String
    }

    var messages: [Line] = []
    /// The prompts without an answer.
    var pending: [String] = []
    /// What was taken back, each entry its lines, the last one on top.
    var undone: [[Line]] = []
    /// How many writes the file counts.
    var revision = 0

    /// Whether this is what was expected, however often it was written.
    func matches(_ expected: StoredState) -> Bool {
        messages.elementsEqual(expected.messages) { $0.matches($1) } && pending == expected.pending
            && undone.elementsEqual(expected.undone) { $0.elementsEqual($1) { $0.matches($1) } }
    }

    init() {}

    /// Reads a file.
    ///
    /// - Parameter path: the file.
    /// - Returns: nil if there is none.
    /// - Throws: ``Flaw`` if it is not a whole document.
    init?(file path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            if FileManager.default.fileExists(atPath: path) { throw Flaw(description: "'\(path)' can't be read") }
            return nil
        }
        try self.init(data, name: path)
    }

    /// Reads a document.
    init(_ data: Data, name: String) throws {
        guard Self.looksWhole(data) else { throw Flaw(description: "'\(name)' is torn") }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let messages = object["messages"] as? [[String: Any]], let pending = object["pending"] as? [[String: Any]],
            let undone = object["undone"] as? [[String: Any]], let revision = object["revision"] as? Int
        else { throw Flaw(description: "'\(name)' is not a session document") }
        self.messages = messages.map(Self.line)
        self.pending = pending.map { $0["content"] as? String ?? "" }
        self.undone = undone.map { ($0["messages"] as? [[String: Any]] ?? []).map(Self.line) }
        self.revision = revision
        try checkTurns(name)
    }

    /// Whether a document has its beginning and its end.
    static func looksWhole(_ data: Data) -> Bool {
        data.starts(with: Array("{\"format\"".utf8)) && data.suffix(4).elementsEqual("\n]}\n".utf8)
    }

    private static func line(_ message: [String: Any]) -> Line {
        Line(
            turn: message["turn"] as? String ?? "", role: message["role"] as? String ?? "",
            content: message["content"] as? String ?? "")
    }

    /// Every turn is whole and there once: a prompt and, of the echo model, the same words as its answer.
    private func checkTurns(_ name: String) throws {
        guard messages.count.isMultiple(of: 2) else { throw Flaw(description: "'\(name)' has half a turn") }
        var seen: Set<String> = []
        for place in stride(from: 0, to: messages.count, by: 2) {
            let (prompt, answer) = (messages[place], messages[place + 1])
            guard prompt.role == "user", answer.role == "assistant", prompt.turn == answer.turn,
                prompt.content == answer.content
            else { throw Flaw(description: "'\(name)' has half a turn: \(prompt), \(answer)") }
            guard seen.insert(prompt.turn).inserted, seen.insert(prompt.content).inserted else {
                throw Flaw(description: "'\(name)' has a turn twice: \(prompt)")
            }
        }
    }

    /// The prompts of the history in order.
    var prompts: [String] { stride(from: 0, to: messages.count, by: 2).map { messages[$0].content } }
}
