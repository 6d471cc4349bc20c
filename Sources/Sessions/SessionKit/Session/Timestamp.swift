#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Times as they are written: ISO 8601, UTC, whole milliseconds, `2026-11-21T02:15:00.123Z`.
///
/// Foundation's format style truncates a `Double` of seconds, so a time that is read and written again can lose a
/// millisecond; here the milliseconds are an integer throughout. A list of 10,000 sessions parses 10,000 of them.
public enum Timestamp {
    /// Years 0 to 9999, the range of RFC 3339, in milliseconds since 1970.
    private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// The nearest whole millisecond since 1970.
    public static func milliseconds(of date: Date) -> Int64 {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        // A broken clock must not trap.
        guard !value.isNaN else { return 0 }
        return Int64(min(max(value, Double(range.lowerBound)), Double(range.upperBound)))
    }

    /// The date of a whole number of milliseconds since 1970.
    public static func date(milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// The date cut to what a file can hold, so that what was written equals what is read.
    public static func rounded(_ date: Date) -> Date { self.date(milliseconds: milliseconds(of: date)) }

    /// Writes a date in the form above.
    public static func string(from date: Date) -> String {
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

    /// Reads a date: any RFC 3339 time, as written above or typed by a person (section 5.6).
    ///
    /// Foundation's parser takes 31 February, 24:00 and trailing junk, and not the lower case that the RFC allows.
    /// - Returns: the nearest millisecond; nil if the text is no such time.
    public static func date(from text: String) -> Date? {
        var rest = Array(text.utf8)[...]
        guard let year = number(4, from: &rest), skip("-", in: &rest), let month = number(2, from: &rest),
            skip("-", in: &rest), let day = number(2, from: &rest), skip("Tt ", in: &rest),
            let hour = number(2, from: &rest), skip(":", in: &rest), let minute = number(2, from: &rest),
            skip(":", in: &rest), let second = number(2, from: &rest), let fraction = milliseconds(from: &rest),
            let offset = offsetInMinutes(from: &rest), rest.isEmpty,
            // A leap second counts as the first of the next minute.
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = self.days(year: year, month: month, day: day)
        // 31 February is no date: going back must give the same day.
        guard civil(fromDays: days) == (year, month, day) else { return nil }
        let total = (days * 1440 + hour * 60 + minute - offset) * 60_000 + second * 1000 + fraction
        return range.contains(total) ? date(milliseconds: total) : nil
    }

    /// Takes the fraction of a second, if there is one, to the nearest millisecond.
    private static func milliseconds(from rest: inout ArraySlice<UInt8>) -> Int64? {
        guard skip(".", in: &rest) else { return 0 }
        let digits = rest.prefix { digit($0) != nil }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        let padded = digits.prefix(4) + Array("000".utf8)
        let tenths = padded.prefix(4).reduce(0) { $0 * 10 + (digit($1) ?? 0) }
        return (tenths + 5) / 10
    }

    /// Takes `Z` or `+02:00`.
    private static func offsetInMinutes(from rest: inout ArraySlice<UInt8>) -> Int64? {
        if skip("Zz", in: &rest) { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+-", in: &rest), let hours = number(2, from: &rest), skip(":", in: &rest),
            let minutes = number(2, from: &rest), hours < 24, minutes < 60
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func skip(_ allowed: StaticString, in rest: inout ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, allowed.withUTF8Buffer({ $0.contains(first) }) else { return false }
        rest.removeFirst()
        return true
    }

    private static func number(_ count: Int, from rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.count >= count else { return nil }
        var value: Int64 = 0
        for byte in rest.prefix(count) {
            guard let digit = digit(byte) else { return nil }
            value = value * 10 + digit
        }
        rest.removeFirst(count)
        return value
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
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
