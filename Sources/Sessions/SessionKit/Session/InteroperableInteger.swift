/// Integers as every JSON reader takes them.
public enum InteroperableInteger {
    /// The largest that is exact in a `Double`: 2⁵³ − 1 (RFC 7493 section 2.2).
    public static let largest = 9_007_199_254_740_991

    /// A count, if there is one that can be stored.
    ///
    /// - Returns: nil if it is negative or too large.
    public static func count(_ value: Int?) -> Int? {
        value.flatMap { (0...largest).contains($0) ? $0 : nil }
    }
}
