@testable import ChatModels

/// Server-sent events as the WHATWG HTML standard words it, section 9.2.6: the whole text at once, line by line.
enum PlainEvents {
    static func read(_ stream: [UInt8]) -> [ServerSentEvent] {
        var text = String(decoding: stream, as: UTF8.self).unicodeScalars
        if text.first == "\u{FEFF}" { text.removeFirst() }
        var events: [ServerSentEvent] = []
        var event = ServerSentEvent(type: "")
        var data: [String] = []
        for line in lines(of: Array(text)) {
            guard let first = line.first else {
                if !data.isEmpty {
                    event.data = Array(data.joined(separator: "\n").utf8)
                    if event.type.isEmpty { event.type = "message" }
                    events.append(event)
                }
                event.type = ""
                data = []
                continue
            }
            if first == ":" { continue }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var value = parts.count > 1 ? parts[1] : []
            if value.first == " " { value = value.dropFirst() }
            switch string(parts[0]) {
            case "data": data.append(string(value))
            case "event": event.type = string(value)
            default: break
            }
        }
        return events
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The lines that have an end.
    private static func lines(of text: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
        var lines: [ArraySlice<Unicode.Scalar>] = []
        var (start, place) = (0, 0)
        while place < text.count {
            defer { place += 1 }
            guard text[place] == "\n" || text[place] == "\r" else { continue }
            lines.append(text[start..<place])
            if text[place] == "\r", place + 1 < text.count, text[place + 1] == "\n" { place += 1 }
            start = place + 1
        }
        return lines
    }
}
