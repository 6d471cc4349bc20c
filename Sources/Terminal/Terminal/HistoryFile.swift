internal import Platform

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file of the lines that were typed, shared by all processes that append to it.
///
/// One entry a line, in UTF-8; a line feed within an entry is written `\n` and a backslash `\\`. Entries are added with
/// one append under an exclusive lock. When the file has twice as many entries as its limit, a new file with the latest
/// replaces it; a process that waited for the old file's lock notices by the inode and opens the new one.
package struct HistoryFile: Sendable {
    /// The path of the file, whose directory must exist.
    package let path: String
    /// The most entries that `load()` returns, at least 1.
    package let limit: Int

    /// Describes a file; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - path: the path of the file, created with mode 0600; its directory must exist.
    ///   - limit: the most entries, at least 1.
    package init(path: String, limit: Int = 1000) {
        self.path = path
        self.limit = max(1, limit)
    }

    /// The latest entries, oldest first.
    ///
    /// Invalid lines are left out, and a file that can't be read counts as empty.
    ///
    /// - Returns: at most `limit` entries.
    package func load() -> [String] {
        guard let descriptor = open(writable: false) else { return [] }
        defer { close(descriptor) }
        return Array(Self.entries(in: contents(of: descriptor)).suffix(limit))
    }

    /// The version of a file, which every change makes another one.
    package struct Stamp: Sendable, Equatable {
        private let inode: UInt64
        private let size: Int64

        fileprivate init(_ status: stat) {
            // A file only grows; a smaller one is a new file.
            (inode, size) = (UInt64(status.st_ino), Int64(status.st_size))
        }
    }

    /// The present version; nil if there is no file.
    package var stamp: Stamp? {
        var status = stat()
        return lstat(path, &status) == 0 ? Stamp(status) : nil
    }

    /// Appends an entry, unless it is the last one already, is blank or begins with a space.
    ///
    /// - Parameter entry: any text, line feeds included.
    /// - Returns: false when it could not be written.
    @discardableResult
    package func append(_ entry: String) -> Bool {
        guard Self.isKept(entry) else { return true }
        guard let descriptor = openLocked() else { return false }
        defer { close(descriptor) }
        let present = contents(of: descriptor)
        var entries = Self.entries(in: present)
        if let last = entries.last, Self.isSame(last, entry) { return true }
        // A line that a crash has cut off must not be joined with this one.
        let separator = present.isEmpty || present.last == 0x0A ? "" : "\n"
        do {
            if entries.count >= 2 * limit {
                entries = entries.suffix(limit - 1) + [entry]
                return replace(with: entries)
            }
            try FileOutput(descriptor: descriptor).write(separator + Self.encode(entry) + "\n")
            return true
        } catch {
            return false
        }
    }

    /// Whether an entry is kept: not a blank one, nor one with a space at the beginning, by which users opt out.
    static func isKept(_ entry: String) -> Bool {
        !entry.isEmpty && entry.first != " " && !entry.allSatisfy(\.isWhitespace)
    }

    /// Compares bytes: `==` also holds for canonically equivalent strings.
    static func isSame(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    private static func encode(_ entry: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(entry.utf8.count)
        for byte in entry.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): result += [byte, byte]
            case 0x0A: result += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func entries(in bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A).compactMap { decode($0) }
    }

    private static func decode(_ line: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(line.count)
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "n"): result.append(0x0A)
            default: return nil
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    /// Opens the file at the path and takes its lock.
    private func openLocked() -> Int32? {
        while let descriptor = open(writable: true) {
            guard (try? Descriptor.lock(descriptor)) != nil else {
                close(descriptor)
                return nil
            }
            var locked = stat()
            var named = stat()
            if fstat(descriptor, &locked) == 0, lstat(path, &named) == 0, locked.st_ino == named.st_ino,
                locked.st_dev == named.st_dev
            {
                return descriptor
            }
            close(descriptor)
        }
        return nil
    }

    // Non-blocking and without following a link, in case there is a FIFO or a link at the path.
    private func open(writable: Bool) -> Int32? {
        let access: FileAccess = writable ? [.readWrite, .append, .create] : .read
        guard let descriptor = try? Descriptor.open(path, access.union([.noLink, .nonBlocking])) else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private func contents(of descriptor: Int32) -> [UInt8] {
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = pread(descriptor, &block, block.count, off_t(result.count))
            if count > 0 {
                result.append(contentsOf: block[..<count])
            } else if count == 0 || errno != EINTR {
                return result
            }
        }
    }

    private func replace(with entries: [String]) -> Bool {
        let temporary = path + ".tmp"
        // It is created under the lock, so an existing one was left by a crash.
        unlink(temporary)
        guard let descriptor = try? Descriptor.open(temporary, [.write, .create, .exclusive, .noLink]) else {
            return false
        }
        defer { close(descriptor) }
        let text = entries.map { Self.encode($0) + "\n" }.joined()
        guard (try? FileOutput(descriptor: descriptor).write(text)) != nil, rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }
}
