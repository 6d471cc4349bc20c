internal import Platform
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A temporary directory for files that only their owner may read, removed with all its files.
///
/// A directory, because editors write copies beside a file, which must be as private and be removed as well.
struct PrivateDirectory: ~Copyable {
    private let path: String

    /// Creates the directory, with an unpredictable name.
    init(in parent: String) throws(ExternalEditorError) {
        try Self.check(parent)
        var template = Array((parent + "/sesh-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw ExternalEditorError(.file, parent, SystemError("mkdtemp")) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Checks that no other user can replace the directory: with a link in its place, other files would be deleted.
    private static func check(_ parent: String) throws(ExternalEditorError) {
        var status = stat()
        guard stat(parent, &status) == 0 else { throw ExternalEditorError(.file, parent, SystemError("stat")) }
        // Where others may write, the sticky bit protects files that are not theirs (inode(7)).
        let isShared = status.st_mode & 0o022 != 0 && status.st_mode & S_ISVTX == 0
        guard !isShared, status.st_uid == User.current || status.st_uid == 0 else {
            throw ExternalEditorError(.unsafeDirectory, parent)
        }
    }

    /// The path of a file in the directory.
    func path(of name: String) -> String { path + "/" + name }

    /// Creates a file.
    func write(_ text: String, to name: String) throws(ExternalEditorError) {
        do throws(SystemError) {
            let descriptor = try Descriptor.open(path(of: name), [.write, .create, .exclusive])
            defer { Descriptor.close(descriptor) }
            do {
                try FileOutput(descriptor: descriptor).write(text)
            } catch {
                throw error.cause
            }
        } catch {
            throw ExternalEditorError(.file, path, error)
        }
    }

    /// Reads a file, which may be a new one: editors rename another file to its name.
    func contents(of name: String) throws(ExternalEditorError) -> [UInt8] {
        do throws(SystemError) {
            let descriptor = try Descriptor.open(path(of: name), [.read, .nonBlocking])
            defer { Descriptor.close(descriptor) }
            return try Descriptor.readAll(descriptor)
        } catch {
            throw ExternalEditorError(.file, path, error)
        }
    }

    deinit {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if descriptor >= 0, let listing = fdopendir(descriptor) {
            while let entry = readdir(listing) {
                // "." and ".." are directories, which this call refuses.
                withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: 1) { _ = unlinkat(descriptor, $0, 0) }
                }
            }
            closedir(listing)
        }
        rmdir(path)
    }
}
