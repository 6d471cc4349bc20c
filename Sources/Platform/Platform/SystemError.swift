#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A system call that failed.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call's name, as in its manual page.
    package let call: String
    /// The errno value.
    package let number: CInt

    /// Takes the present `errno`; make it right after the call.
    package init(_ call: String) {
        self.init(call, number: errno)
    }

    package init(_ call: String, number: CInt) {
        self.call = call
        self.number = number
    }

    package var description: String { "\(call): \(String(cString: strerror(number)))" }
}
