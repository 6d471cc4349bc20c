#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Arrays of C strings, as execve(2) takes them.
package enum CStrings {
    /// Lends strings as an array that ends in a null pointer.
    ///
    /// - Parameters:
    ///   - strings: without zero bytes.
    ///   - body: gets the array, which is gone when it returns.
    /// - Returns: what the body returns.
    package static func with<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }

    /// Lends an environment as execve(2) takes it.
    ///
    /// - Parameters:
    ///   - environment: names without `=` and values.
    ///   - body: gets the array, which is gone when it returns.
    /// - Returns: what the body returns.
    package static func with<Result>(
        environment: [String: String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        with(environment.map { "\($0.key)=\($0.value)" }, body)
    }
}
