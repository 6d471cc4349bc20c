internal import Platform
import CSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An open file or directory; it is closed when its owner is done with it.
struct OpenFile: ~Copyable {
    /// The descriptor, valid as long as this owner is.
    let descriptor: Int32
    /// The file's path, for messages.
    let path: String

    /// Opens an entry of a directory, never through a link and never waiting for a FIFO's other end.
    ///
    /// - Parameters:
    ///   - name: the entry.
    ///   - directory: the directory's descriptor.
    ///   - path: the entry's path, for messages.
    ///   - access: what for; one that is made has the permissions 0600.
    init(
        _ name: String, in directory: Int32, path: String, _ access: FileAccess
    ) throws(SystemCallError) {
        let always = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        descriptor = try retried("openat", path) { sesh_openat(directory, name, access.rawValue | always, 0o600) }
        self.path = path
    }

    /// Opens a directory by its path, which may lead through links.
    init(directory path: String) throws(SystemCallError) {
        descriptor = try retried("open", path) {
            sesh_openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        }
        self.path = path
    }

    deinit { _ = close(descriptor) }

    /// Gives the file the permissions 0600: a umask can have taken its owner's away, who needs them to open it again.
    func makePrivate() { _ = try? retried("fchmod", path) { fchmod(descriptor, 0o600) } }

    /// What the system knows of the file.
    func status() throws(SystemCallError) -> stat {
        var status = stat()
        try retried("fstat", path) { fstat(descriptor, &status) }
        return status
    }

    /// What the system knows of an entry of this directory, a link itself rather than what it leads to; nil if there is
    /// none.
    func status(of name: String) throws(SystemCallError) -> stat? {
        var status = stat()
        do {
            try retried("fstatat", "\(path)/\(name)") { fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) }
            return status
        } catch {
            // A disk that fails must not look like an entry that is not there.
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// Removes an entry of this directory.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    func remove(_ name: String) throws(SystemCallError) -> Bool {
        do {
            try retried("unlinkat", "\(path)/\(name)") { unlinkat(descriptor, name, 0) }
            return true
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }

    /// Reads up to so many bytes from a place; fewer only at the end of the file.
    func read(from offset: Int, upTo count: Int) throws(SystemCallError) -> [UInt8] {
        var failure: SystemCallError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    failure = SystemCallError("pread", path)
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// write(2), which the method of that name hides.
    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }

    /// Writes bytes at the file's end.
    func write(_ bytes: ArraySlice<UInt8>) throws(SystemCallError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = try retried("write", path) { () -> Int in
                rest.withUnsafeBytes { Self.systemWrite(descriptor, $0.baseAddress, $0.count) }
            }
            // A driver that takes nothing and reports nothing would be asked for ever.
            guard written > 0 else { throw SystemCallError("write", path, code: EIO) }
            rest = rest.dropFirst(written)
        }
    }

    /// Forces what was written to the medium.
    ///
    /// It is not tried again after a failure: the pages that were lost count as written then (fsync(2), "Fsyncgate").
    /// An interruption by a signal is none: the wait has ended, and what became of the pages is still to be told.
    func synchronize() throws(SystemCallError) { try retried("fsync", path) { sesh_full_sync(descriptor) } }

    /// Makes it durable that this directory is there: its entry in the one above, and so on upwards.
    ///
    /// Up to the root of the file system, or to a directory that this user can't write to: what is in that one was there
    /// before any process of this user's.
    func synchronizeAncestors() throws(SystemCallError) {
        do {
            try retried("faccessat", path + "/..") { faccessat(descriptor, "..", W_OK, AT_EACCESS) }
        } catch {
            if [EACCES, EPERM, EROFS].contains(error.code) { return }
            throw error
        }
        let parent = try OpenFile("..", in: descriptor, path: path + "/..", [.read, .directory])
        let (own, above) = (try status(), try parent.status())
        guard own.st_dev == above.st_dev, own.st_ino != above.st_ino else { return }
        try parent.synchronize()
        try parent.synchronizeAncestors()
    }

    /// Locks the file for this open description alone, without waiting.
    ///
    /// - Returns: whether the lock was free.
    func tryLock(shared: Bool = false) throws(SystemCallError) -> Bool {
        try Descriptor.tryLock(descriptor, isShared: shared, path: path)
    }

    /// Locks the file for this open description alone, waiting for it in the kernel's line.
    func lock() throws(SystemCallError) { try Descriptor.lock(descriptor, path: path) }
}
