#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why lines could not be edited.
package struct LineEditorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The system's error number.
    package let errno: Int32

    /// The failure in words, for people.
    package var description: String {
        "can't edit lines on this terminal: \(String(cString: strerror(errno)))"
    }
}
