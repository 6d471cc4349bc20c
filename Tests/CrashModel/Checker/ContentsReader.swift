import Foundation
@testable import SessionJSON
import SessionKit

@testable import SessionFiles

/// Reads session files with the code that the store reads them with.
struct ContentsReader {
    private struct Key: Hashable {
        let id: String
        let fingerprint: UInt64
    }
    private var known: [Key: Result<Contents, CrashModelError>] = [:]

    /// What a session's file says.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - fingerprint: the bytes' hash: what was read once is not read again.
    ///   - bytes: the bytes.
    mutating func contents(
        of id: SessionID, _ fingerprint: UInt64, _ bytes: () -> [UInt8]
    ) -> Result<Contents, CrashModelError> {
        let key = Key(id: id.rawValue, fingerprint: fingerprint)
        if let result = known[key] { return result }
        let result: Result<Contents, CrashModelError>
        do {
            result = .success(try Self.read(bytes(), id))
        } catch {
            result = .failure(CrashModelError("session '\(id)': \(Self.words(for: error))"))
        }
        known[key] = result
        return result
    }

    private static func words(for error: any Error) -> String {
        (error as? DocumentFlaw).map { "\($0.flaw.problem)" } ?? "\(error)"
    }

    private static func read(_ bytes: [UInt8], _ id: SessionID) throws -> Contents {
        let document = try SessionDocument(bytes, id: id, modified: Date(timeIntervalSince1970: 0))
        guard let line = SummaryLine.parse(Array(bytes.prefix(SummaryLine.longest)), id: id, modified: Date()),
            line.messageCount == document.messages.count, line.pendingCount == document.pending.count
        else { throw CrashModelError("its first line is no summary of it") }
        return Contents(
            title: document.summary.title, system: document.settings.system,
            turns: try exchanges(document.messages(document.messages)),
            pending: document.pending.map(\.prompt.content.text),
            partials: Dictionary(
                document.pending.compactMap { record in
                    record.prompt.partial.map { (record.prompt.content.text, $0.content.text) }
                }, uniquingKeysWith: { $1 }),
            undone: try document.undone.flatMap { try exchanges(document.messages($0.messages)) }
        ).settled
    }

    private static func exchanges(_ messages: [Message]) throws -> [Exchange] {
        try Turn.grouping(messages).map { turn in
            guard turn.messages.map(\.role) == [.user, .assistant] else { throw CrashModelError("it has half a turn") }
            return Exchange(
                prompt: turn.messages[0].content.text, answer: turn.messages[1].content.text,
                status: turn.messages[1].status.rawValue)
        }
    }
}
