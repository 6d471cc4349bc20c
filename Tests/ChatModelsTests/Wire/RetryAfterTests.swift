import Foundation
import Testing

@testable import ChatModels

struct RetryAfterTests {
    @Test(
        "Retry-After is read as seconds or as a date, and nonsense is passed over",
        arguments: [
            ("20", Duration.seconds(20)), (" 1.5 ", .seconds(2)), ("Sun, 06 Nov 1994 08:49:37 GMT", .seconds(37)),
            ("Sun, 06 Nov 1994 08:48:37 GMT", .zero), ("99999999999", .seconds(604_800)), ("-3", .zero), ("soon", nil),
            ("nan", nil), ("", nil), (nil, nil), ("Sun, 99 Nov 1994 08:49:37 GMT", nil),
        ] as [(String?, Duration?)])
    func reads(field: String?, expected: Duration?) throws {
        // 6 November 1994, 08:49:00 UTC.
        let now = Date(timeIntervalSince1970: 784_111_740)
        #expect(RetryAfter.duration(field, now: now) == expected)
    }
}
