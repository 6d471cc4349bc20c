import Platform
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionJSON
public import SessionKit

extension JSONDirectoryStore {
    /// Lists sessions, last used first.
    ///
    /// Only the first line of each file is read and checked, if it is a summary line; the counts are the line's. What
    /// has a session's name but can't be read stands where its time of change puts it.
    public func summaries(offset: Int, limit: Int?) async throws -> SummaryPage {
        var entries = try await unsortedEntries()
        entries.sort { left, right in
            SessionSummary.isListed((left.usedAt, left.entry.id), before: (right.usedAt, right.entry.id))
        }
        let listed = entries.dropFirst(max(0, offset)).prefix(max(0, limit ?? .max)).map(\.entry)
        return SummaryPage(entries: listed, total: entries.count)
    }

    /// The ids of all sessions, without a look into their files.
    public func ids() async throws -> [SessionID] { try await reading { try $0.sessionIDs() } ?? [] }

    private typealias DatedEntry = (usedAt: Date, entry: SummaryPage.Entry)

    /// Every entry that has a session's place, in no order.
    private func unsortedEntries() async throws -> [DatedEntry] {
        // Most of the time goes into opening files: 10,000 take 90 ms on one thread, so many are shared out.
        let few = 512
        let first = try await reading { [isStarved] folder in
            let ids = try folder.sessionIDs()
            return ids.count <= few || isStarved() ? (Self.entries(ids[...], in: folder), []) : ([], ids)
        }
        guard let (entries, ids) = first, !ids.isEmpty else { return first?.0 ?? [] }
        let size = max(few, (ids.count + 3) / 4)
        return try await withThrowingTaskGroup(of: [DatedEntry].self) { group in
            for (number, start) in stride(from: 0, to: ids.count, by: size).enumerated() {
                let share = ids[start..<min(start + size, ids.count)]
                group.addTask {
                    try await self.reading(number, isOneOfMany: true) { Self.entries(share, in: $0) } ?? []
                }
            }
            return try await group.reduce(into: entries) { $0 += $1 }
        }
    }

    private static func entries(_ ids: ArraySlice<SessionID>, in folder: borrowing SessionFolder) -> [DatedEntry] {
        var entries: [DatedEntry] = []
        for id in ids { if let entry = entry(id, in: folder) { entries.append(entry) } }
        return entries
    }

    /// What stands in a session's place, and when it was used; nil if it is gone by now.
    private static func entry(
        _ id: SessionID, in folder: borrowing SessionFolder
    ) -> DatedEntry? {
        do {
            guard let summary = try SessionFile.open(id, in: folder)?.summary() else { return nil }
            return (summary.updatedAt, .session(summary))
        } catch {
            let path = folder.path(of: id.fileName)
            let known = error as? SessionError ?? SessionError(.unreadable, "'\(path)' can't be read.", cause: error)
            let usedAt = (try? folder.status(of: id.fileName))?.modified ?? Date(timeIntervalSince1970: 0)
            return (usedAt, .unreadable(id, known))
        }
    }

    /// Reads a session and messages of it.
    ///
    /// For the last so many messages of a long file in the canonical layout, only its head and its end are read and
    /// checked, and the count of messages is the first line's; anything else is read and checked whole.
    public func read(_ id: SessionID, _ range: MessageRange) async throws -> Transcript {
        let transcript = try await reading(id.stripe) { [now] folder in
            guard let file = try Self.file(of: id, in: folder) else { throw SessionError.noSession(id) }
            var document = try Self.document(of: file, for: range)
            if document.hasPartials { try Self.settle(&document, in: folder, at: now()) }
            let session = try Self.session(of: document, in: folder)
            guard let records = range.cut(document.messages, turn: \.turn) else {
                guard case .before(let turn) = range else { return Transcript(session: session, messages: []) }
                throw SessionError.noTurn(turn, in: id)
            }
            return Transcript(session: session, messages: try document.messages(records))
        }
        guard let transcript else { throw SessionError.noSession(id) }
        return transcript
    }

    /// Shows what was abandoned with a part of its answer as the next change will make it.
    private static func settle(
        _ document: inout SessionDocument, in folder: borrowing SessionFolder, at now: Date
    ) throws {
        guard let locks = try folder.existingLocks() else { return try document.settle(at: now) { _ in false } }
        // A claim that can't be looked at counts as live.
        try document.settle(at: now) { (try? TurnLease.isHeld($0, in: locks)) ?? true }
    }

    /// Opens a session's file.
    ///
    /// FUSE file systems such as bindfs may say that a name can't be found while it is being replaced: the kernel asks
    /// for the file that it knew, which has no name any more. A listing of the directory tells.
    private static func file(of id: SessionID, in folder: borrowing SessionFolder) throws -> SessionFile? {
        for _ in 0..<20 {
            if let file = try SessionFile.open(id, in: folder) { return file }
            guard try folder.sessionIDs().contains(id) else { return nil }
            BlockingThread.pause(milliseconds: 1)
        }
        return nil
    }

    private static func document(of file: borrowing SessionFile, for range: MessageRange) throws -> SessionDocument {
        // What an abandoned part becomes depends on what stands further up.
        if let document = try ending(of: file, for: range), !document.hasPartials { return document }
        return try file.document()
    }

    /// The end of a file, if the range lies within and the file is laid out so that it can be read alone.
    private static func ending(of file: borrowing SessionFile, for range: MessageRange) throws -> SessionDocument? {
        switch range {
        case .last(let count): return try file.ending(max(0, count))
        case .context(let after?, let replacing, let count?):
            // Behind the context stand the turn that is replaced and a few that slipped in.
            if let document = try file.ending(max(0, count) + 8),
                let end = document.messages.lastIndex(where: { $0.turn == after }),
                end + 1 >= count || document.messages.count == document.summary.messageCount,
                replacing == nil || document.messages[(end + 1)...].contains(where: { $0.turn == replacing })
            {
                return document
            }
        case .context(after: nil, _, _): return try file.ending(0)
        case .all, .before, .context: break
        }
        return nil
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
