internal import CSystem
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A system call that failed: its name, the file and the error number.
public struct SystemError: Error, Hashable, CustomStringConvertible {
    /// The call's name, as in its manual page: `openat`.
    public let call: String
    /// The file it was called for, if it is worth naming.
    public let path: String?
    /// The error number, as `errno` held it.
    public let code: Int32

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - call: the call's name.
    ///   - path: the file it was called for.
    ///   - code: the error number.
    package init(_ call: String, _ path: String? = nil, code: Int32) {
        (self.call, self.path, self.code) = (call, path, code)
    }

    /// Makes an error from `errno`, right after the call.
    ///
    /// - Parameters:
    ///   - call: the call's name.
    ///   - path: the file it was called for.
    package init(_ call: String, _ path: String? = nil) { self.init(call, path, code: errno) }

    /// The error for a file that would exceed its limit: EFBIG.
    ///
    /// - Parameters:
    ///   - call: the call that is not made.
    ///   - path: the file.
    package static func tooLarge(_ call: String, _ path: String) -> SystemError { SystemError(call, path, code: EFBIG) }

    /// Whether there is no such file: ENOENT.
    package var isNotFound: Bool { code == ENOENT }
    /// Whether there is a file of that name already: EEXIST.
    package var isTaken: Bool { code == EEXIST }
    /// Whether the file system does not support the call, or has no locks.
    package var isUnsupported: Bool { [ENOLCK, ENOSYS, EOPNOTSUPP, ENOTSUP].contains(code) }
    /// Whether nobody reads what is written: EPIPE.
    package var isBrokenPipe: Bool { code == EPIPE }
    /// Whether the call would have to wait: EAGAIN.
    package var isBlocked: Bool { code == EAGAIN }
    /// Whether the descriptor is not open: EBADF.
    package var isNotOpen: Bool { code == EBADF }
    /// Whether the call was given up: ECANCELED.
    package var isGivenUp: Bool { code == ECANCELED }

    /// The system's words for the error.
    public var reason: String {
        // strerror shares a buffer between threads; the result of its reentrant form differs between C libraries, so it
        // is called from C.
        var text = [CChar](repeating: 0, count: 128)
        sesh_error_text(code, &text, text.count)
        return String(terminated: text)
    }

    /// The call, the file, and the system's words.
    public var description: String { call + (path.map { " '\($0)'" } ?? "") + ": " + reason }
}

/// Makes a system call, and repeats it while signals interrupt it.
///
/// - Parameters:
///   - call: its name, for the error.
///   - path: the file it is called for, for the error.
///   - body: the call, which returns -1 and sets `errno` if it fails.
/// - Returns: what the call returned.
@discardableResult
package func retried<Result: BinaryInteger>(
    _ call: String, _ path: String? = nil, _ body: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        guard errno == EINTR else { throw SystemError(call, path) }
    }
}

extension String {
    /// The text in a buffer of C, up to its NUL.
    package init(terminated buffer: [CChar]) {
        self.init(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
