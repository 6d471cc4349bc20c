import Foundation
import SessionKit
import Testing

@Suite("A time in a file")
struct TimestampTests {
    @Test func `keeps every millisecond through writing and reading`() {
        let base: Int64 = 1_795_227_300_000
        for residue in 0..<1000 as Range<Int64> {
            let date = Timestamp.date(milliseconds: base + residue)
            let text = Timestamp.string(from: date)
            let digits = String(residue)
            #expect(text == "2026-11-21T02:15:00." + String(repeating: "0", count: 3 - digits.count) + digits + "Z")
            #expect(Timestamp.date(from: text) == date)
            #expect(Timestamp.milliseconds(of: date) == base + residue)
        }
    }

    @Test func `is the same after rounding as after writing and reading`() {
        for step in 0..<2000 {
            let date = Date(timeIntervalSince1970: 1_795_000_000 + Double(step) * 12_345.678_912_3)
            #expect(Timestamp.date(from: Timestamp.string(from: date)) == Timestamp.rounded(date))
        }
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29T12:00:00.000Z", 951_825_600_000),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999), ("2024-03-01T00:00:00.000Z", 1_709_251_200_000),
            ("1900-03-01T00:00:00.000Z", -2_203_891_200_000), ("2100-02-28T00:00:00.000Z", 4_107_456_000_000),
            ("0000-01-01T00:00:00.000Z", -62_167_219_200_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func `is right in leap years and at the bounds`(_ text: String, _ milliseconds: Int64) {
        #expect(Timestamp.date(from: text).map(Timestamp.milliseconds) == milliseconds)
        #expect(Timestamp.string(from: Timestamp.date(milliseconds: milliseconds)) == text)
    }

    @Test func `agrees with Foundation on every day of eight centuries`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -135_000, to: 160_000, by: 7) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 0.5)
            #expect(Timestamp.string(from: date) == date.formatted(style))
        }
    }

    @Test(arguments: [
        ("2026-11-21T02:15:00Z", "2026-11-21T02:15:00.000Z"), ("2026-11-21T02:15:00+02:00", "2026-11-21T00:15:00.000Z"),
        ("2026-11-21T02:15:00.5-03:30", "2026-11-21T05:45:00.500Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"),
        ("2026-11-21t02:15:00.123z", "2026-11-21T02:15:00.123Z"), ("2026-11-21 02:15:00Z", "2026-11-21T02:15:00.000Z"),
        ("2026-11-21T02:15:00.1234567Z", "2026-11-21T02:15:00.123Z"),
        ("2026-12-31T23:59:59.99951Z", "2027-01-01T00:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        ("2026-11-21T02:15:00-00:00", "2026-11-21T02:15:00.000Z"),
    ])
    func `may be typed by hand in any form of RFC 3339`(_ typed: String, _ written: String) {
        #expect(Timestamp.date(from: typed).map(Timestamp.string) == written)
    }

    @Test(arguments: [
        "", "now", "2026-11-21", "2026-11-21T02:15Z", "2026-11-21T02:15:00", "2026-11-21T02:15:00.Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T02:60:00Z", "2026-11-21T02:15:61Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z",
        "2026-11-00T00:00:00Z",
        "2026-02-29T00:00:00Z", "2026-02-31T00:00:00.000Z", "2026-04-31T00:00:00Z", "2026-11-21T02:15:00Zjunk",
        "2026-11-21T02:15:00+24:00", "2026-11-21T02:15:00+0200", "2026-11-21T02:15:00+02:60", "-026-11-21T02:15:00Z",
        "+2026-11-21T02:15:00Z", "１026-11-21T02:15:00Z", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59.9999Z",
    ])
    func `is nothing else`(_ text: String) {
        #expect(Timestamp.date(from: text) == nil)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
    func `stays within what can be written, whatever the clock shows`(_ seconds: Double) {
        let date = Timestamp.rounded(Date(timeIntervalSince1970: seconds))
        #expect(Timestamp.date(from: Timestamp.string(from: date)) == date)
    }
}
