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
        do {
            let descriptor = try Descriptor.open(path, .read)
            defer { Descriptor.close(descriptor) }
            try check(descriptor)
            return try Descriptor.readAll(descriptor)
        } catch let error as SystemError {
            if error.isNotFound { return nil }
            throw failure(error)
        }
    }

    /// The administrator's files are as good as one's own: such a person can do anything anyway.
    private func check(_ descriptor: Int32) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("fstat") }
        let quoted = Path.quotedForShell(path)
        guard status.st_uid == User.current || status.st_uid == 0 else {
            throw CommandError(
                .configuration,
                "The configuration \(path) belongs to another user (\(status.st_uid)) and may name commands to be run, so "
                    + "it is not used. Make it yours once you have read it: chown \(User.current) \(quoted)")
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
}
