/// Why bytes are not a session document.
struct DocumentFlaw: Error {
    /// What is wrong, and where.
    var flaw: JSONFlaw
    /// Whether they claim a format that only a later version knows.
    var isNewer: Bool
}
