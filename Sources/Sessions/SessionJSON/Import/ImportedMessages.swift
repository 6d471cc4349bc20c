#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

/// Messages as services and other programs write them, on their way into turns.
package struct ImportedMessages {
    private let shape: ImportShape
    private let bytes: [UInt8]
    private var system: [String] = []
    private var turns: [Turn] = []
    private var open: [Message] = []
    private var seen: Set<TurnID> = []

    /// Takes a document whose shape is known and is not a session's.
    init(_ shape: ImportShape, _ bytes: [UInt8]) {
        self.shape = shape
        self.bytes = bytes
    }

    /// Reads the messages.
    ///
    /// - Returns: the turns, and the system prompt that stood before them.
    consuming func grouped() throws(JSONFlaw) -> (turns: [Turn], system: String?) {
        try JSONScanner.scan(bytes) { scanner throws(JSONFlaw) in try take(from: &scanner) }
        if let last = open.last, last.role != .assistant {
            throw JSONFlaw(at: bytes.count, "the last prompt has no answer")
        }
        endTurn()
        return (turns, system.isEmpty ? nil : system.joined(separator: "\n\n"))
    }

    private mutating func take(from scanner: inout JSONScanner) throws(JSONFlaw) {
        switch shape {
        case .session: break
        case .array: try scanner.array { scanner throws(JSONFlaw) in try takeMessage(from: &scanner) }
        case .object:
            try scanner.object { scanner, name, _ throws(JSONFlaw) in
                guard name == "messages" else {
                    try scanner.skipValue()
                    return
                }
                try scanner.array { scanner throws(JSONFlaw) in try takeMessage(from: &scanner) }
            }
        case .lines: while scanner.peek() != 0 { try takeMessage(from: &scanner) }
        }
    }

    private mutating func takeMessage(from scanner: inout JSONScanner) throws(JSONFlaw) {
        scanner.skipSpace()
        let start = scanner.position
        let scanned = try MessageCodec.scan(&scanner, after: nil, withContent: true, takesParts: true)
        guard scanned.content.isVisible else { throw JSONFlaw(at: start, "the message has no words") }
        switch scanned.role {
        // OpenAI's later models call the system prompt the developer's.
        case .system, Role(rawValue: "developer"):
            guard turns.isEmpty, open.isEmpty else {
                throw JSONFlaw(at: start, "a system message can only stand before the first prompt")
            }
            system.append(scanned.content.text)
        case .user:
            if let last = open.last, last.role != .assistant {
                throw JSONFlaw(at: start, "the prompt before this one has no answer")
            }
            endTurn()
            let turn = scanned.turn ?? .generate(at: scanned.createdAt ?? Date())
            guard seen.insert(turn).inserted else { throw JSONFlaw(at: start, "an earlier turn has this identity") }
            open = [scanned.message(in: turn)]
        case .assistant:
            guard let turn = open.first?.turn else { throw JSONFlaw(at: start, "an answer can't come before a prompt") }
            guard scanned.turn == nil || scanned.turn == turn else {
                throw JSONFlaw(at: start, "the answer belongs to another turn than the prompt before it")
            }
            open.append(scanned.message(in: turn))
        default:
            throw JSONFlaw(at: start, "a session can't hold messages of the role '\(scanned.role.rawValue)'")
        }
    }

    private mutating func endTurn() {
        if let first = open.first { turns.append(Turn(id: first.turn, messages: open)) }
        open = []
    }
}
