import SessionKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The `Retry-After` field: a number of seconds or a date (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// Reads the field.
    ///
    /// - Parameters:
    ///   - field: its value.
    ///   - now: the present time, from which a date is counted.
    /// - Returns: how long to wait, in whole seconds, from nothing to a week; nil if there is no sense in the value.
    static func duration(_ field: String?, now: Date) -> Duration? {
        guard let field = field?.trimmed, !field.isEmpty else { return nil }
        // Services send fractions, too, though the standard has whole seconds.
        let seconds = Double(field) ?? date(field).map { $0.timeIntervalSince(now) }
        guard let seconds, seconds.isFinite else { return nil }
        return .seconds(min(max(seconds.rounded(.up), 0), 604_800))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that senders may use (section 5.6.7).
    private static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp.date(from: "\(words[3])-\(number)-\(words[1])T\(words[4]).000Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
