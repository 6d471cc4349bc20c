#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A system call that failed.
struct SystemFailure: Error, CustomStringConvertible {
    /// The call's name.
    let call: String
    /// The error number.
    let number: Int32

    var description: String { "\(call): \(String(cString: strerror(number)))" }
}
