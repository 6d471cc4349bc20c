#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import SessionKit

extension JSONDirectoryStore {
    /// Lists sessions, last used first.
    ///
    /// Only the first line of each file is read and checked, if it is a summary line; the counts are the line's. What
    /// has a session's name but can't be read stands where its time of change puts it.
    public func summaries(offset: Int, limit: Int?) async throws -> SummaryPage {
        let page = try await reading(nil) { folder in
            let entries = try Self.entries(of: folder)
            let listed = entries.dropFirst(max(0, offset)).prefix(max(0, limit ?? .max)).map(\.entry)
            return SummaryPage(entries: listed, total: entries.count)
        }
        return page ?? SummaryPage(entries: [], total: 0)
    }

    /// Every entry that has a session's place, last used first.
    static func entries(of folder: borrowing SessionFolder) throws -> [(usedAt: Date, entry: SummaryPage.Entry)] {
        var entries: [(usedAt: Date, entry: SummaryPage.Entry)] = []
        for id in try folder.sessionIDs() {
            do {
                // A session that was deleted since its name was read is not there.
                guard let summary = try SessionFile.open(id, in: folder)?.summary() else { continue }
                entries.append((summary.updatedAt, .session(summary)))
            } catch {
                let path = folder.path(of: id.fileName)
                let known =
                    error as? SessionError ?? SessionError(.unreadable, "'\(path)' can't be read.", cause: error)
                let usedAt = folder.status(of: id.fileName)?.modified ?? Date(timeIntervalSince1970: 0)
                entries.append((usedAt, .unreadable(id, known)))
            }
        }
        entries.sort { left, right in
            left.usedAt != right.usedAt ? left.usedAt > right.usedAt : left.entry.id < right.entry.id
        }
        return entries
    }

    /// Reads a session and messages of it.
    ///
    /// For the last so many messages of a long file in the canonical layout, only its head and its end are read and
    /// checked, and the count of messages is the first line's; anything else is read and checked whole.
    public func read(_ id: SessionID, _ range: MessageRange) async throws -> Transcript {
        let transcript = try await reading(id) { folder in
            guard let file = try SessionFile.open(id, in: folder) else { throw SessionError.noSession(id) }
            let document = try Self.document(of: file, for: range)
            let session = try Self.session(of: document, in: folder)
            return Transcript(session: session, messages: try document.messages(Self.cut(document, to: range)))
        }
        guard let transcript else { throw SessionError.noSession(id) }
        return transcript
    }

    private static func document(of file: borrowing SessionFile, for range: MessageRange) throws -> SessionDocument {
        if case .last(let count) = range, let document = try file.ending(max(0, count)) { return document }
        return try file.document()
    }

    private static func cut(_ document: SessionDocument, to range: MessageRange) throws -> ArraySlice<MessageRecord> {
        switch range {
        case .all: return document.messages[...]
        case .last(let count): return document.messages.suffix(max(0, count))
        case .before(let turn):
            guard let place = document.messages.firstIndex(where: { $0.turn == turn }) else {
                throw SessionError.noTurn(turn, in: document.summary.id)
            }
            return document.messages[..<place]
        }
    }

    /// A document's session with the states of its pending prompts.
    ///
    /// Where leases can't be looked at, none is live.
    static func session(of document: SessionDocument, in folder: borrowing SessionFolder) throws -> Session {
        guard !document.pending.isEmpty, let locks = try? folder.existingLocks() else {
            return document.session { _ in false }
        }
        return document.session { (try? TurnLease.isHeld($0, in: locks)) ?? false }
    }
}
