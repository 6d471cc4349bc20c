import Testing

/// The tests of the built program.
///
/// One at a time: a test that waits for a terminal blocks its thread, and Swift's pool has as many as there are cores, so
/// that two of them would keep every other test from running until their deadlines have passed.
@Suite("The built program", .serialized)
enum EndToEnd {}
