internal import Platform
#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import SessionJSON
public import SessionKit
import Synchronization

/// The durable store: a directory with a JSON file for every session, shared by any number of processes.
///
/// Every change is a whole new file that replaces the old one and is durable when the method returns. Changes of a
/// session exclude each other by a lock that is awaited for up to 30 seconds; cancelling the task ends the wait.
/// Readers need no lock. The directory is made at the first write; one that is missing is an empty store.
///
/// A file that is not a session document is never written to, moved or deleted; the error names the place in it.
public final class JSONDirectoryStore: SessionStore {
    /// The directory.
    public let path: String

    let now: @Sendable () -> Date
    private let patience: Duration
    let leases = Mutex<[TurnPlace: TurnLease]>([:])
    private let work: BlockingWork
    private let lockQueue = LockQueue()

    /// Makes a store; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - path: the sessions directory, absolute or from the working directory; it may lead through symbolic links.
    ///   - now: the clock by which changes are dated.
    public convenience init(path: String, now: @escaping @Sendable () -> Date = { Date() }) {
        self.init(path: path, now: now, mayBlockThread: { false })
    }

    /// Makes a store for a program that has a thread to wait on; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - path: the sessions directory, absolute or from the working directory; it may lead through symbolic links.
    ///   - now: the clock by which changes are dated.
    ///   - mayBlockThread: whether the current thread is one that may wait for the disk, and is none of Swift's pool. A
    ///     program of one thread is spared the start of another (measured: a tenth of a whole `sesh list`).
    ///   - patience: for how long a lock is awaited.
    package init(
        path: String, now: @escaping @Sendable () -> Date = { Date() },
        mayBlockThread: @escaping @Sendable () -> Bool, patience: Duration = .seconds(30)
    ) {
        self.path = path
        self.patience = patience
        self.now = now
        work = BlockingWork(mayBlockThread: mayBlockThread)
    }

    /// Runs what only reads.
    ///
    /// - Parameters:
    ///   - number: what is given the same number is read one after another.
    ///   - isOneOfMany: whether other parts of the same are read at the same time.
    ///   - body: gets the directory.
    /// - Returns: what the body returns; nil if there is no directory.
    func reading<Result: Sendable>(
        _ number: Int = 0, isOneOfMany: Bool = false,
        _ body: @escaping @Sendable (borrowing SessionFolder) throws -> Result
    ) async throws -> Result? {
        try await work.run(number, isOneOfMany: isOneOfMany) { [path] in
            try SessionError.describingReading(path) {
                guard let folder = try SessionFolder.open(path) else { return nil }
                return try body(folder)
            }
        }
    }

    /// Runs a change under the locks of its sessions.
    ///
    /// - Parameters:
    ///   - ids: the sessions, one or two.
    ///   - existing: a session without which there is nothing to change; nil: the directory is made if there is none.
    ///   - body: the change.
    func changing<Result: Sendable>(
        _ ids: [SessionID], of existing: SessionID?,
        _ body: @escaping @Sendable (borrowing SessionFolder, borrowing HeldLocks) throws -> Result
    ) async throws -> Result {
        let deadline = ContinuousClock.now + patience
        var place: LockWait?
        defer { place?.leave() }
        var grant: LockGrant?
        while true {
            let result: Result? = try await work.run(ids[0].stripe) { [path, grant] in
                try SessionError.describingChange(path) {
                    let folder = try Self.folder(path, with: existing)
                    do {
                        if let locks = grant?.take() { return try Self.change(folder, under: locks, body) }
                        guard let locks = try StripedLocks.tryLock(ids, in: folder) else { return nil }
                        return try Self.change(folder, under: locks, body)
                    } catch is LocksLost {
                        return nil
                    }
                }
            }
            if let result { return result }
            guard ContinuousClock.now < deadline else { throw Self.busy(ids[0], after: patience) }
            if isStarved() {
                try Self.pauseOnThread(for: ids[0])
                continue
            }
            let line = place.flatMap { $0.isOver ? nil : $0 } ?? lockQueue.enter(ids, in: path)
            place = line
            // A process that was stopped in the line holds up those behind it, although the lock may be free.
            grant = try await line.pause(for: patience / 10)
        }
    }

    /// Whether there is no thread to wait in line with.
    var isStarved: @Sendable () -> Bool { { [work] in work.isStarved } }

    /// Waits a moment on the current thread, which may.
    private static func pauseOnThread(for id: SessionID) throws(SessionError) {
        if Task.isCancelled { throw LockWait.cancelled(id) }
        BlockingThread.pause(milliseconds: 20)
    }

    /// Runs a change.
    ///
    /// - Throws: `LocksLost` if nothing was changed, since the locks turned out to be none any more: to be begun anew.
    private static func change<Result>(
        _ folder: borrowing SessionFolder, under locks: borrowing HeldLocks,
        _ body: (borrowing SessionFolder, borrowing HeldLocks) throws -> Result
    ) throws -> Result {
        try locks.check(in: folder)
        do {
            return try body(folder, locks)
        } catch let error as SystemCallError where error.isNotFound {
            // A claim of a turn can't be made in a folder that was removed; nothing is written before it is.
            try locks.check(in: folder)
            throw error
        }
    }

    private static func busy(_ id: SessionID, after patience: Duration) -> SessionError {
        SessionError(
            .busy,
            "Another program has been changing session '\(id)' for more than \(patience.components.seconds) seconds; "
                + "try again later.")
    }

    private static func folder(_ path: String, with existing: SessionID?) throws -> SessionFolder {
        guard let existing else { return try SessionFolder.make(path) }
        guard let folder = try SessionFolder.open(path) else { throw SessionError.noSession(existing) }
        // Whether the session is there shows under its lock: on some file systems (FUSE) a name that is being replaced
        // can't be found for a moment. A directory without locks, which nobody writes to, gets none for nothing.
        if try folder.existingLocks() != nil { return folder }
        let names = [existing.fileName, AtomicReplacement.temporaryName(of: existing)]
        for name in names where try folder.status(of: name) != nil { return folder }
        throw SessionError.noSession(existing)
    }

    /// Changes a session's document and writes it.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - change: changes the document, or throws; then nothing is written.
    /// - Returns: what the change returned, once it is durable.
    func rewriting<Result: Sendable>(
        _ id: SessionID, _ change: @escaping @Sendable (inout SessionDocument, Date) throws -> Result
    ) async throws -> Result {
        try await changing([id], of: id) { [self] folder, locks in
            var document = try settledDocument(of: id, in: folder, locks)
            let now = now()
            let result = try change(&document, now)
            try Self.save(&document, in: folder, under: locks, at: now)
            return result
        }
    }

    /// Reads a document that is to be changed, with what was abandoned with a part of its answer committed.
    func settledDocument(
        of id: SessionID, in folder: borrowing SessionFolder, _ locks: borrowing HeldLocks
    ) throws -> SessionDocument {
        var document = try Self.writableDocument(of: id, in: folder)
        // A claim that can't be looked at counts as live.
        try document.settle(at: now()) { (try? TurnLease.isLive($0, in: locks)) ?? true }
        return document
    }

    /// Reads a document that is to be changed.
    static func writableDocument(of id: SessionID, in folder: borrowing SessionFolder) throws -> SessionDocument {
        guard let file = try SessionFile.open(id, in: folder) else { throw SessionError.noSession(id) }
        let document = try file.document()
        guard !document.format.isNewer else { throw file.newerFormat() }
        return document
    }

    /// Writes a document.
    ///
    /// - Parameter now: when the write is that is counted; nil for one that is not.
    static func save(
        _ document: inout SessionDocument, in folder: borrowing SessionFolder, under locks: borrowing HeldLocks,
        at now: Date?
    ) throws {
        try document.summarize(writtenAt: now)
        let firstLines = SummaryLine.encode(&document)
        try document.check(firstLines: firstLines)
        let written = document
        try AtomicReplacement.write(
            written.summary.id, in: folder, under: locks, replacing: written.version
        ) { put in try written.write(firstLines: firstLines, put) }
    }
}
