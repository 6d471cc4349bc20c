import Testing

@testable import ChatModels

/// Events come out as the WHATWG standard says, however the bytes are cut.
struct SSEDecoderTests {
    private func decode(_ text: String) throws -> [ServerSentEvent] {
        var decoder = ServerSentEventDecoder()
        return try decoder.feed(text.utf8)
    }

    /// Every kind of line end, characters of one to four bytes, several data lines, comments, fields without
    /// value or colon, bytes that are not UTF-8, and a mark at the start.
    private static let sample: [UInt8] =
        [0xEF, 0xBB, 0xBF]
        + Array(
            """
            data: eins\r\n\r\n: bleib wach\r\nevent: delta\rdata:zwei\rdata: drei é€\rid: 7\r\r\
            data\n\ndata: 👩‍👩‍👧 🇩🇪\r\ndata:  two spaces\n\r\nretry: 10\nid\nevent:\n\
            data: {"a":"b: c"}\n\r\n\ndata: "\u{2028}" \r\n\rdata: a
            """.utf8)
        + [0xF0, 0x9F, 0x98, 0x0A, 0x64, 0x61, 0x74, 0x61, 0x3A, 0x80, 0xFF, 0x0D, 0x0A, 0x0D]
        + Array("data: never ended\n".utf8)

    private static let expected = [
        ServerSentEvent(data: "eins"),
        ServerSentEvent(type: "delta", data: "zwei\ndrei é€"),
        ServerSentEvent(data: ""),
        ServerSentEvent(data: "👩‍👩‍👧 🇩🇪\n two spaces"),
        ServerSentEvent(data: #"{"a":"b: c"}"#),
        ServerSentEvent(data: "\"\u{2028}\" "),
        ServerSentEvent(data: [0x61, 0xF0, 0x9F, 0x98, 0x0A, 0x80, 0xFF]),
    ]

    @Test func aSampleOfEverythingDecodes() throws {
        var decoder = ServerSentEventDecoder()
        #expect(try decoder.feed(Self.sample) == Self.expected)
    }

    @Test func everyCutIntoTwoGivesTheSameEvents() throws {
        for cut in 0...Self.sample.count {
            var decoder = ServerSentEventDecoder()
            let events = try decoder.feed(Self.sample[..<cut]) + decoder.feed(Self.sample[cut...])
            try #require(events == Self.expected, "cut at \(cut)")
        }
    }

    @Test func everyCutIntoThreeGivesTheSameEvents() async throws {
        for first in 0...Self.sample.count {
            // Tests share a pool of few threads, and others wait for theirs against a clock.
            await Task.yield()
            for second in first...Self.sample.count {
                var decoder = ServerSentEventDecoder()
                let events =
                    try decoder.feed(Self.sample[..<first]) + decoder.feed(Self.sample[first..<second])
                    + decoder.feed(Self.sample[second...])
                try #require(events == Self.expected, "cut at \(first) and \(second)")
            }
        }
    }

    @Test func singleBytesGiveTheSameEvents() throws {
        var decoder = ServerSentEventDecoder()
        var events: [ServerSentEvent] = []
        for byte in Self.sample { events += try decoder.feed([byte]) }
        #expect(events == Self.expected)
    }

    @Test func anEventIsThereAsSoonAsItsEmptyLineIs() throws {
        var decoder = ServerSentEventDecoder()
        #expect(try decoder.feed("data: now\r\n\r".utf8) == [ServerSentEvent(data: "now")])
        #expect(try decoder.feed("\ndata: then\n\n".utf8) == [ServerSentEvent(data: "then")])
    }

    @Test func anEventWithoutDataIsNone() throws {
        #expect(try decode("event: ping\n\n: comment\n\nid: 3\n\n") == [])
    }

    @Test func aTypeIsForgottenAfterItsEvent() throws {
        #expect(
            try decode("event: a\ndata: 1\n\ndata: 2\n\n")
                == [ServerSentEvent(type: "a", data: "1"), ServerSentEvent(data: "2")])
    }

    @Test func onlyTheFirstMarkIsTakenAway() throws {
        #expect(try decode("\u{FEFF}data: \u{FEFF}x\n\n") == [ServerSentEvent(data: "\u{FEFF}x")])
        #expect(try decode("\n\u{FEFF}data: x\n\n") == [])
    }

    @Test func aLineMayReachItsLimitAndNotExceedIt() throws {
        var decoder = ServerSentEventDecoder(lineLimit: 10)
        #expect(try decoder.feed("data: 6789\n\n".utf8) == [ServerSentEvent(data: "6789")])
        _ = try decoder.feed("data: ".utf8)
        #expect(throws: ServerSentEventError.lineTooLong(limit: 10)) { _ = try decoder.feed("67890".utf8) }
    }

    @Test func manyEmptyDataLinesCount() throws {
        var decoder = ServerSentEventDecoder(eventLimit: 100_000)
        #expect(throws: ServerSentEventError.eventTooLong(limit: 100_000)) {
            for _ in 0..<100_000 { _ = try decoder.feed("data:\n".utf8) }
        }
    }

    @Test func theEventLimitIsForEachEvent() throws {
        var decoder = ServerSentEventDecoder(eventLimit: 20)
        for _ in 0..<100 { #expect(try decoder.feed("data: 12345678\n\n".utf8).count == 1) }
    }

    @Test func commentsMayComeForEver() throws {
        var decoder = ServerSentEventDecoder(eventLimit: 100)
        for _ in 0..<1000 { _ = try decoder.feed(": still working\n".utf8) }
        #expect(try decoder.feed("data: x\n\n".utf8) == [ServerSentEvent(data: "x")])
    }
}

extension ServerSentEvent {
    fileprivate init(type: String = "message", data: String) { self.init(type: type, data: Array(data.utf8)) }
}
