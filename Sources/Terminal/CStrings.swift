#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Arrays of C strings, as execve(2) takes them.
enum CStrings {
    /// Lends strings as an array that ends in a null pointer.
    static func with<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }
}
