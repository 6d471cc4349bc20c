@testable import ChatModels

/// The same bytes give the same events wherever they are cut, and the events that a plain reading of the standard gives.
enum EventFuzz {
    static func run(_ input: [UInt8]) {
        // The first bytes say where to cut the others, and whether the limits are near.
        let cuts = input.prefix(4).map { Int($0 % 64) + 1 }
        let stream = Array(input.dropFirst(4))
        let isTight = (input.first ?? 0) & 0x80 != 0
        let (line, event) = isTight ? (48, 160) : (1 << 20, 8 << 20)
        let whole = decode(stream, in: [max(1, stream.count)], line, event)
        let bytewise = decode(stream, in: [1], line, event)
        let pieces = decode(stream, in: cuts.isEmpty ? [1] : cuts, line, event)
        Promise.holds(
            whole.error == bytewise.error && pieces.error == bytewise.error, "a cut does not change the error")
        if whole.error == nil {
            Promise.holds(
                whole.events == bytewise.events && pieces.events == bytewise.events, "a cut does not change the events")
        }
        if !isTight {
            Promise.holds(whole.events.map(asText) == PlainEvents.read(stream), "the standard says the same")
        }
    }

    /// The event with U+FFFD in place of what is not UTF-8, as the standard has it; the decoder leaves that to its caller.
    private static func asText(_ event: ServerSentEvent) -> ServerSentEvent {
        ServerSentEvent(type: event.type, data: Array(String(decoding: event.data, as: UTF8.self).utf8))
    }

    private static func decode(
        _ stream: [UInt8], in sizes: [Int], _ line: Int, _ event: Int
    ) -> (events: [ServerSentEvent], error: ServerSentEventError?) {
        var decoder = ServerSentEventDecoder(lineLimit: line, eventLimit: event)
        var events: [ServerSentEvent] = []
        var (start, round) = (0, 0)
        while start < stream.count {
            let end = min(stream.count, start + sizes[round % sizes.count])
            do throws(ServerSentEventError) {
                events += try decoder.feed(stream[start..<end])
            } catch {
                return (events, error)
            }
            (start, round) = (end, round + 1)
        }
        return (events, nil)
    }
}
