internal import Platform
import SessionKit

/// The claim of a process on a turn whose answer it awaits: a locked file `<turn>.live` that dies with the process.
///
/// Whoever holds the lock may remove the file. A lock counts only if the file still has its name afterwards: otherwise
/// its last holder removed it between the opening and the locking, and it guards nothing.
final class TurnLease: Sendable {
    private let file: OpenFile
    private let name: String

    private init(file: consuming OpenFile, name: String) {
        self.file = file
        self.name = name
    }

    private static let suffix = ".live"

    private static func name(of turn: TurnID) -> String { turn.rawValue + suffix }

    /// Takes a turn.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - locks: the folder of locks.
    /// - Returns: nil if another holds it.
    static func take(_ turn: TurnID, in locks: borrowing OpenFile) throws(SystemCallError) -> TurnLease? {
        let name = name(of: turn)
        // A reader that looks whether the turn is live holds the lock for some microseconds; so a few tries.
        for attempt in 0..<20 {
            if attempt > 0 { BlockingThread.pause(milliseconds: 1) }
            let file = try OpenFile(name, in: locks.descriptor, path: "\(locks.path)/\(name)", [.readWrite, .create])
            file.makePrivate()
            if try file.tryLock(), try isNamed(file, name, in: locks) { return TurnLease(file: file, name: name) }
        }
        return nil
    }

    /// Whether a process holds a turn.
    static func isHeld(_ turn: TurnID, in locks: borrowing OpenFile) throws(SystemCallError) -> Bool {
        guard let file = try existing(turn, in: locks, .read) else { return false }
        return try !file.tryLock(shared: true)
    }

    /// Whether a process holds a turn; what one that died left of its claim is removed.
    static func isLive(_ turn: TurnID, in locks: borrowing HeldLocks) throws(SystemCallError) -> Bool {
        try !sweep(turn, in: locks.folder)
    }

    /// Removes what a process that died left of its claim.
    ///
    /// - Returns: whether the turn is free now.
    static func sweep(_ turn: TurnID, in locks: borrowing OpenFile) throws(SystemCallError) -> Bool {
        guard let file = try existing(turn, in: locks, .readWrite) else { return true }
        // Readers that look share the lock, so only a holder stands in the way of this.
        guard try file.tryLock(shared: true) else { return false }
        for attempt in 0..<20 {
            if attempt > 0 { BlockingThread.pause(milliseconds: 1) }
            guard try file.tryLock() else { continue }
            let name = name(of: turn)
            if try isNamed(file, name, in: locks) { _ = try? locks.remove(name) }
            return true
        }
        return false
    }

    /// Removes the claims that processes left which died just before a prompt was saved or just after its answer was.
    static func sweepAll(in locks: borrowing OpenFile) throws(SystemCallError) {
        var abandoned: [TurnID] = []
        try DirectoryListing(of: locks).forEach { name in
            guard name.hasSuffix(suffix), let turn = TurnID(String(name.dropLast(suffix.count))) else { return }
            abandoned.append(turn)
        }
        for turn in abandoned { _ = try? sweep(turn, in: locks) }
    }

    private static func existing(
        _ turn: TurnID, in locks: borrowing OpenFile, _ access: FileAccess
    ) throws(SystemCallError) -> OpenFile? {
        let name = name(of: turn)
        do {
            return try OpenFile(name, in: locks.descriptor, path: "\(locks.path)/\(name)", access)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// Removes the file; the lock goes with the last reference to this.
    func end(in locks: borrowing OpenFile) {
        // A file that can't be removed counts as abandoned as soon as the lock is gone.
        _ = try? locks.remove(name)
    }

    private static func isNamed(
        _ file: borrowing OpenFile, _ name: String, in locks: borrowing OpenFile
    ) throws(SystemCallError) -> Bool {
        let own = try file.status()
        guard let named = try locks.status(of: name) else { return false }
        return own.identity == named.identity
    }
}
