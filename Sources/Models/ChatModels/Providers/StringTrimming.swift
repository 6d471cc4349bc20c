extension StringProtocol {
    /// The text without white space at either end.
    ///
    /// FoundationEssentials has no `trimmingCharacters(in:)`.
    var trimmed: String { trimming(\.isWhitespace) }

    /// The text without certain characters at either end.
    func trimming(_ isRemoved: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isRemoved($0) }), let last = lastIndex(where: { !isRemoved($0) })
        else { return "" }
        return String(self[first...last])
    }
}
