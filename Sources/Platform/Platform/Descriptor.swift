internal import CSystem

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// System calls on descriptors, which the caller owns.
package enum Descriptor {
    /// Makes a pipe whose ends no child process inherits.
    ///
    /// - Parameter isNonBlocking: whether reading from an empty pipe and writing to a full one fail instead of waiting.
    /// - Returns: its ends; the caller closes them.
    package static func pipe(isNonBlocking: Bool = false) throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard sesh_pipe(&ends, isNonBlocking ? 1 : 0) == 0 else { throw SystemError("pipe") }
        return (ends[0], ends[1])
    }

    /// Opens a file.
    ///
    /// No child process inherits it, a new file has the mode 0600, and a terminal does not become this process's
    /// controlling terminal.
    ///
    /// - Parameters:
    ///   - path: where it is.
    ///   - access: what it is opened for.
    /// - Returns: the descriptor; the caller closes it.
    package static func open(_ path: String, _ access: FileAccess) throws(SystemError) -> Int32 {
        try retried("open") { sesh_openat(AT_FDCWD, path, access.rawValue | O_CLOEXEC | O_NOCTTY, 0o600) }
    }

    /// Locks a file for this open file description, without waiting (flock(2)).
    ///
    /// - Parameters:
    ///   - descriptor: the open file.
    ///   - isShared: whether others may share the lock.
    ///   - path: the file, for the error.
    /// - Returns: whether it got the lock.
    package static func tryLock(
        _ descriptor: Int32, isShared: Bool = false, path: String? = nil
    ) throws(SystemError) -> Bool {
        do {
            try retried("flock", path) { sesh_flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
            return true
        } catch {
            if error.code == EWOULDBLOCK { return false }
            throw error
        }
    }

    /// Locks a file for this open file description, waiting in the kernel's queue (flock(2)).
    ///
    /// - Parameters:
    ///   - descriptor: the open file.
    ///   - path: the file, for the error.
    package static func lock(_ descriptor: Int32, path: String? = nil) throws(SystemError) {
        try retried("flock", path) { sesh_flock(descriptor, LOCK_EX) }
    }

    /// Closes a descriptor.
    ///
    /// - Returns: the error, if any: some file systems report a full disk only here (close(2)).
    @discardableResult
    package static func close(_ descriptor: Int32) -> SystemError? {
        systemClose(descriptor) == 0 ? nil : SystemError("close")
    }

    /// Writes a byte that wakes a reader; failures are ignored.
    ///
    /// - Parameters:
    ///   - descriptor: the end of a pipe.
    ///   - byte: what the reader gets.
    package static func write(_ descriptor: Int32, byte: UInt8) {
        var byte = byte
        _ = systemWrite(descriptor, &byte, 1)
    }

    /// Reads the bytes that are available; blocks until there are some.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading.
    ///   - count: how many bytes at most.
    /// - Returns: the bytes; none at the end.
    package static func read(_ descriptor: Int32, upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                filled = try retried("read") { systemRead(descriptor, buffer.baseAddress, count) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads to the end.
    ///
    /// - Parameter descriptor: open for reading.
    package static func readAll(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try read(descriptor, upTo: 65_536), !piece.isEmpty { bytes += piece }
        return bytes
    }

    /// Waits for input or its end.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading.
    ///   - milliseconds: how long at most; -1 for ever.
    /// - Returns: whether a read would not block; false also if a signal interrupts the wait.
    package static func hasInput(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, milliseconds) > 0
    }
}

// Within `Descriptor`, the calls of the same name would be its own.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}

/// How a file is opened: the flags of open(2).
package struct FileAccess: OptionSet, Sendable {
    /// The flags as the system defines them.
    package let rawValue: Int32

    /// Makes an access from the system's flags.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// For reading.
    package static let read = Self(rawValue: O_RDONLY)
    /// For writing.
    package static let write = Self(rawValue: O_WRONLY)
    /// For reading and writing.
    package static let readWrite = Self(rawValue: O_RDWR)
    /// Creates the file if it is missing.
    package static let create = Self(rawValue: O_CREAT)
    /// Fails if the file exists already.
    package static let exclusive = Self(rawValue: O_EXCL)
    /// Empties the file.
    package static let truncate = Self(rawValue: O_TRUNC)
    /// Writes at the end of the file.
    package static let append = Self(rawValue: O_APPEND)
    /// Fails unless it is a directory.
    package static let directory = Self(rawValue: O_DIRECTORY)
    /// Fails if it is a symbolic link.
    package static let noLink = Self(rawValue: O_NOFOLLOW)
    /// Neither opening it, as with a FIFO, nor reading and writing it waits.
    package static let nonBlocking = Self(rawValue: O_NONBLOCK)
}
