/// Why an answer can't be gone on with.
enum WireFault: Error, Sendable {
    /// The service says that it failed, in place of the answer or in the middle of it.
    case service(ServiceReport)
    /// What came is no answer; the text says what came instead.
    case malformed(String)
    /// More came than an answer may have; the text says of what.
    case tooMuch(String)
    /// The answer stopped before its end.
    case cut
}
