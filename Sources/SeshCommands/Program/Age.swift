/// A length of time as people type it, `30d`, and as a list shows it, `3 h ago`.
package enum Age {
    private static let units: [(suffix: Character, seconds: Int64)] = [
        ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800), ("y", 31_536_000),
    ]

    /// Reads an age.
    ///
    /// - Parameter text: a whole number and one of `s m h d w y`, for example `90m` or `30d`; a year has 365 days.
    /// - Returns: nil if the text is no age.
    package static func parse(_ text: String) -> Duration? {
        guard let suffix = text.last, let unit = units.first(where: { $0.suffix == suffix }),
            let count = Int64(text.dropLast()), count >= 0, !text.hasPrefix("+")
        else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds)
        // A thousand centuries is more than any clock has to say.
        guard !overflow, seconds < 3_153_600_000_000 else { return nil }
        return .seconds(seconds)
    }

    /// Says how long ago something was, in the largest whole unit.
    ///
    /// - Parameter seconds: how long ago; below 0, a clock that was set back, counts as now.
    package static func ago(_ seconds: Double) -> String {
        switch seconds {
        case ..<10: "just now"
        case ..<60: "\(Int(seconds)) s ago"
        case ..<3600: "\(Int(seconds / 60)) min ago"
        case ..<86_400: "\(Int(seconds / 3600)) h ago"
        case ..<(60 * 86_400): plural(Int(seconds / 86_400), "day")
        case ..<(730 * 86_400): plural(Int(seconds / (30 * 86_400)), "month")
        default: plural(Int(seconds / (365 * 86_400)), "year")
        }
    }

    private static func plural(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s") ago"
    }
}
