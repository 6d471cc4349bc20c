import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A GGUF file that can be served.
package struct LocalEngineModel: Sendable, Equatable {
    /// The absolute path, links resolved.
    package let path: String
    /// The name for users and requests.
    package let name: String
    /// Further options of llama.cpp's server for this model.
    let options: [String]
    /// Sixteen hexadecimal digits that identify this version of the file, with the options.
    ///
    /// A file that replaces it gets another engine, and so do other options. Short, because a socket's whole path must
    /// fit in 104 bytes on macOS, 108 on Linux (unix(4), unix(7)).
    let key: String

    /// Checks a file.
    ///
    /// - Parameters:
    ///   - path: The path; a relative one is resolved from the working directory.
    ///   - name: The name to serve it under; the file's own unless given.
    ///   - options: Options of llama.cpp's server for this model.
    /// - Throws: ``LocalEngineError`` with the code `invalidModel` if it can't be read or isn't a GGUF file.
    package init(path: String, name: String? = nil, options: [String] = []) throws(LocalEngineError) {
        // Non-blocking, so that a FIFO is refused below rather than waited for here.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            throw LocalEngineError(
                .invalidModel, "The model file \(path) can't be opened; name a GGUF file that exists.",
                cause: SystemError("open"))
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw LocalEngineError(.invalidModel, "The model \(path) isn't a regular file; name a GGUF file.")
        }
        var magic = [UInt8](repeating: 0, count: 4)
        guard read(file, &magic, 4) == 4, magic.elementsEqual("GGUF".utf8) else {
            throw LocalEngineError(.invalidModel, "The file \(path) isn't a GGUF model: it doesn't begin with GGUF.")
        }
        guard let resolved = realpath(path, nil) else {
            throw LocalEngineError(
                .invalidModel, "The path of the model \(path) can't be resolved.",
                cause: SystemError("realpath"))
        }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        self.name = name ?? String(self.path.split(separator: "/").last ?? "local")
        self.options = options
        key = Self.fingerprint([self.path] + options, status)
    }

    /// A hash of the path, the options and the file's inode, size and time of change.
    private static func fingerprint(_ names: [String], _ status: stat) -> String {
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        let names = names.joined(separator: "\0")
        let text = "\(names)\0\(status.st_ino)\0\(status.st_size)\0\(modified.tv_sec).\(modified.tv_nsec)"
        let digits = String(FNV1a.hash(text.utf8), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
