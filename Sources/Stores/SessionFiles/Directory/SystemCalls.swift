#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes a system call, again as long as a signal interrupts it.
///
/// - Parameters:
///   - call: its name, for the error.
///   - path: the file it is about, for the error.
///   - body: the call, which returns -1 and sets `errno` if it fails.
/// - Returns: what the call returned.
@discardableResult
func retried<Result: BinaryInteger>(
    _ call: String, _ path: String, _ body: () -> Result
) throws(SystemCallError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        guard errno == EINTR else { throw SystemCallError(call, path) }
    }
}

/// write(2), where a method of that name hides it.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
