#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Times as people read them, in the zone that `TZ` or the system names.
enum LocalTime {
    /// Writes a date to the minute: `2026-11-21 02:15`.
    ///
    /// localtime_r(3) knows the zone; FoundationEssentials would bring its own time zone tables for this one line.
    static func string(from date: Date) -> String {
        var seconds = time_t(min(max(date.timeIntervalSince1970, -62_167_219_200), 253_402_300_799))
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return "" }
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
    }
}
