internal import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that tells the program what to do, and so must be one that nobody else can write to.
struct TrustedFile: Sendable {
    let path: String

    /// Reads all of it.
    ///
    /// - Returns: nil if there is no such file.
    /// - Throws: `CommandError` with the status `configuration`; if others could have written it, with the command that
    ///   mends that.
    func read() throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(SystemError("read"))
        }
        defer { close(descriptor) }
        try check(descriptor)
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = systemRead(descriptor, &block)
            if count > 0 {
                bytes += block[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw failure(SystemError("read"))
            }
        }
    }

    /// The administrator's files are as good as one's own: such a person can do anything anyway.
    private func check(_ descriptor: Int32) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(SystemError("read")) }
        let quoted = "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw CommandError(
                .configuration,
                "The configuration \(path) belongs to another user (\(status.st_uid)) and may name commands to be run, so "
                    + "it is not used. Make it yours once you have read it: chown \(geteuid()) \(quoted)")
        }
        // The user's own group is taken for one of this user alone: with umask 002 every file is writable for it.
        let isOthers = status.st_mode & 0o002 != 0 || status.st_mode & 0o020 != 0 && status.st_gid != getegid()
        guard status.st_mode & S_IFMT != S_IFREG || !isOthers else {
            throw CommandError(
                .configuration,
                "Other users can write to the configuration \(path) (mode \(String(status.st_mode & 0o7777, radix: 8))), "
                    + "which may name commands to be run, so it is not used. Read it, then make it yours alone: "
                    + "chmod go-w \(quoted)")
        }
    }

    private func failure(_ error: SystemError) -> CommandError {
        CommandError(.configuration, "The configuration \(path) can't be read: \(error.reason).")
    }

    private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, &buffer, buffer.count)
        #else
            Darwin.read(descriptor, &buffer, buffer.count)
        #endif
    }
}
