internal import Platform
import SessionSQL
import Synchronization

/// Which processes wait for answers: each has a locked file beside the database, named like the holder in its prompts' rows.
///
/// The lock dies with the process, so that the turns of one that was killed are free at once. A name is never used twice:
/// there is a new one as soon as nothing is held under the old, so a file that is found unlocked is nobody's for ever.
final class TurnHolder: Sendable {
    private struct Held: ~Copyable {
        var name: String
        var file: LockedFile?
        var count = 0
    }

    private let directory: String
    private let held = Mutex(Held(name: SQLKey.unique()))

    /// Makes a holder that holds nothing.
    ///
    /// - Parameter directory: where the files are.
    init(directory: String) { self.directory = directory }

    private func path(_ name: String) -> String { "\(directory)/\(name).live" }

    /// Takes a claim up.
    ///
    /// - Returns: the holder's name.
    func take() throws(SystemError) -> String {
        try held.withLock { (held) throws(SystemError) in
            if held.count == 0 {
                _ = PrivatePath(path: directory).make()
                held.file = try LockedFile.make(path(held.name))
            }
            held.count += 1
            return held.name
        }
    }

    /// Lets one claim go.
    ///
    /// - Parameter name: the holder's name under which it was taken.
    func drop(_ name: String) {
        held.withLock { held in
            guard held.name == name, held.count > 0 else { return }
            held.count -= 1
            guard held.count == 0 else { return }
            // Gone before it is unlocked: whoever looks finds it locked or not at all.
            Path.remove(path(name))
            held.file = nil
            held.name = SQLKey.unique()
        }
    }

    /// Whether a holder's process is still there.
    ///
    /// - Parameter name: the holder's name; a file that a dead one left is removed.
    func isAlive(_ name: String) throws(SystemError) -> Bool {
        let isOwn = held.withLock { $0.count > 0 && $0.name == name }
        if isOwn { return true }
        do {
            let file = try Descriptor.open(path(name), .read)
            defer { Descriptor.close(file) }
            // Shared: two who look at once must not take each other for the holder.
            guard try Descriptor.tryLock(file, isShared: true, path: path(name)) else { return true }
            Path.remove(path(name))
            return false
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }
}

/// A file that is locked for as long as it is open.
private struct LockedFile: ~Copyable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Makes a file and locks it.
    static func make(_ path: String) throws(SystemError) -> LockedFile {
        let file = LockedFile(try Descriptor.open(path, [.readWrite, .create, .exclusive, .noLink]))
        // Nobody else knows the name yet, so the lock is free.
        _ = try Descriptor.tryLock(file.descriptor, path: path)
        return file
    }

    deinit { Descriptor.close(descriptor) }
}
