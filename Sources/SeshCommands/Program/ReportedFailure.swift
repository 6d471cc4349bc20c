/// A failure that the user has been told of already; what is left is the exit code.
struct ReportedFailure: Error {
    /// The code the program ends with.
    let status: ExitStatus
}
