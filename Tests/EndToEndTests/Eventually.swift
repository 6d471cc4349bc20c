import Testing

/// Waits until something holds, looking again and again; a failure after 20 seconds.
///
/// For what another process does: it gives no other sign.
func eventually(
    _ comment: Comment? = nil, location: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try !condition() {
        try #require(
            ContinuousClock.now < deadline, comment ?? "it did not happen within 20 s", sourceLocation: location)
        try await Task.sleep(for: .milliseconds(5))
    }
}
