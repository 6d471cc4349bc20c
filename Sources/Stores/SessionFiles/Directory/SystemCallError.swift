import CSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A system call that failed: what was asked of which file, and what the system said.
public struct SystemCallError: Error, Hashable, CustomStringConvertible {
    /// The call's name: `openat`.
    public let call: String
    /// The error number, as `errno` held it.
    public let code: Int32
    /// The file it was about.
    public let path: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - call: the call's name.
    ///   - path: the file it was about.
    ///   - code: the error number; by default the one that the call just left.
    init(_ call: String, _ path: String, code: Int32 = errno) {
        self.call = call
        self.code = code
        self.path = path
    }

    /// The system's words for the error.
    public var reason: String {
        // strerror shares a buffer between threads; its reentrant form differs between C libraries in what it returns,
        // so the shim settles on one.
        var text = [CChar](repeating: 0, count: 128)
        sesh_error_text(code, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The call, the file, and the system's words.
    public var description: String { "\(call) '\(path)': \(reason)" }
}
