#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Times as they are written: ISO 8601, UTC, whole milliseconds, `2026-11-21T02:15:00.123Z`.
///
/// Foundation's format style truncates a `Double` of seconds, so a time that is read and written again can lose a
/// millisecond; here the milliseconds are an integer throughout. A list of 10,000 sessions parses 10,000 of them.
package enum Timestamp {
    /// The nearest whole millisecond since 1970.
    package static func milliseconds(of date: Date) -> Int64 {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        // Years 0 to 9999, the range of RFC 3339; a broken clock must not trap.
        return Int64(min(max(value, -62_167_219_200_000), 253_402_300_799_999))
    }

    /// The date of a whole number of milliseconds since 1970.
    package static func date(milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// The date cut to what a file can hold, so that what was written equals what is read.
    package static func rounded(_ date: Date) -> Date { self.date(milliseconds: milliseconds(of: date)) }

    /// Writes a date in the form above.
    package static func string(from date: Date) -> String {
        let total = milliseconds(of: date)
        let (days, inDay) = floorDivide(total, 86_400_000)
        let (year, month, day) = civil(fromDays: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func put(_ value: Int64, _ width: Int, then mark: Character) {
            var power: Int64 = 1
            for _ in 1..<width { power *= 10 }
            while power > 0 {
                text.append(UInt8(ascii: "0") + UInt8(value / power % 10))
                power /= 10
            }
            text.append(contentsOf: mark.utf8)
        }
        put(year, 4, then: "-")
        put(month, 2, then: "-")
        put(day, 2, then: "T")
        put(inDay / 3_600_000, 2, then: ":")
        put(inDay / 60_000 % 60, 2, then: ":")
        put(inDay / 1000 % 60, 2, then: ".")
        put(inDay % 1000, 3, then: "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a date: at once in the form above, otherwise any RFC 3339 time that a person may have typed.
    ///
    /// - Returns: nil if the text is no time.
    package static func date(from text: String) -> Date? {
        if let exact = exactDate(Array(text.utf8)) { return exact }
        if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text) { return date }
        return try? Date.ISO8601FormatStyle().parse(text)
    }

    private static func exactDate(_ text: [UInt8]) -> Date? {
        guard text.count == 24, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "."),
            text[23] == UInt8(ascii: "Z"), let year = number(text[0..<4]), let month = number(text[5..<7]),
            let day = number(text[8..<10]), let hour = number(text[11..<13]), let minute = number(text[14..<16]),
            let second = number(text[17..<19]), let fraction = number(text[20..<23]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = self.days(year: year, month: month, day: day)
        // 31 February is no date: going back must give the same day.
        guard civil(fromDays: days) == (year, month, day) else { return nil }
        return date(milliseconds: days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
        let remainder = ((value % divisor) + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(shifted, 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The same paper, `civil_from_days`.
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
