#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A system call that failed.
struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call's name, as in its manual page.
    let call: String
    /// The errno value.
    let number: CInt

    /// Takes the present `errno`; make it right after the call.
    init(_ call: String) {
        self.init(call, number: errno)
    }

    init(_ call: String, number: CInt) {
        self.call = call
        self.number = number
    }

    var description: String { "\(call): \(String(cString: strerror(number)))" }
}
