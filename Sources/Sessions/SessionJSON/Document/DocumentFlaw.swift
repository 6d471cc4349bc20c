/// Why bytes are not a session document.
package struct DocumentFlaw: Error {
    /// What is wrong, and where.
    package var flaw: JSONFlaw
    /// Whether they claim a format that only a later version knows.
    package var isNewer: Bool
}
