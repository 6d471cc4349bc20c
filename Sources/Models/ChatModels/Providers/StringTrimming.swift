extension StringProtocol {
    /// The text without white space at either end.
    ///
    /// FoundationEssentials has no `trimmingCharacters(in:)`.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// The text without slashes at either end.
    var trimmingSlashes: String {
        guard let first = firstIndex(where: { $0 != "/" }), let last = lastIndex(where: { $0 != "/" }) else {
            return ""
        }
        return String(self[first...last])
    }
}
