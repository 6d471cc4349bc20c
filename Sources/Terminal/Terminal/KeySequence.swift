/// The extent of an escape sequence at the beginning of some bytes.
///
/// The forms are those of ECMA-48 (5.4, 5.6) and of "XTerm Control Sequences", and three that differ: the Linux
/// console's function keys (`ESC [ [ A`), rxvt's keys with Shift (`ESC [ 7 $`) and the mouse of X10 (`ESC [ M` and
/// three bytes). A byte that is not allowed in a sequence, such as a control character, ends it.
enum KeySequence: Equatable {
    static let escape: UInt8 = 0x1B
    private static let (bracket, ss3) = (UInt8(ascii: "["), UInt8(ascii: "O"))
    /// OSC, DCS, SOS, PM and APC, whose text ends with ST or BEL.
    private static let strings = Array("]PX^_".utf8)

    /// A sequence, with its number of bytes.
    case whole(Int)
    /// More bytes are needed.
    case cut
    /// An escape before something else, as for Alt.
    case none

    /// Parses bytes that begin with an escape.
    init(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count > 1 else {
            self = .cut
            return
        }
        switch bytes[bytes.startIndex + 1] {
        case Self.bracket: self = Self.control(bytes)
        case Self.ss3: self = Self.single(bytes)
        case let byte where Self.strings.contains(byte): self = Self.string(bytes)
        case Self.escape: self = Self.withAlt(bytes)
        default: self = .none
        }
    }

    /// A key with Alt where Alt sends an escape before the key's own sequence.
    private static func withAlt(_ bytes: ArraySlice<UInt8>) -> KeySequence {
        guard bytes.count > 2 else { return .cut }
        guard [bracket, ss3].contains(bytes[bytes.startIndex + 2]) else { return .none }
        let key = KeySequence(bytes.dropFirst())
        if case .whole(let length) = key { return .whole(length + 1) }
        return key
    }

    private static func control(_ bytes: ArraySlice<UInt8>) -> KeySequence {
        let content = bytes.dropFirst(2)
        if content.first == bracket {
            guard let final = content.dropFirst().first else { return .cut }
            return .whole((0x20...0x7E).contains(final) ? 4 : 3)
        }
        for (index, byte) in zip(content.indices, content) {
            let length = index - bytes.startIndex + 1
            switch byte {
            case UInt8(ascii: "M") where length == 3: return mouse(bytes)
            case UInt8(ascii: "$") where length > 3 && content[..<index].allSatisfy { (0x30...0x39).contains($0) }:
                return .whole(length)
            case 0x20...0x3F: continue
            case 0x40...0x7E: return .whole(length)
            default: return .whole(length - 1)
            }
        }
        return .cut
    }

    private static func mouse(_ bytes: ArraySlice<UInt8>) -> KeySequence {
        let report = bytes.dropFirst(3).prefix(3)
        if let end = report.firstIndex(where: { $0 < 0x20 }) { return .whole(end - bytes.startIndex) }
        return report.count == 3 ? .whole(6) : .cut
    }

    private static func single(_ bytes: ArraySlice<UInt8>) -> KeySequence {
        let content = bytes.dropFirst(2)
        // Old terminals have modifiers: ESC O 5 D.
        guard let end = content.firstIndex(where: { !(0x30...0x3B).contains($0) }) else { return .cut }
        let length = end - bytes.startIndex
        return .whole((0x20...0x7E).contains(content[end]) ? length + 1 : length)
    }

    private static func string(_ bytes: ArraySlice<UInt8>) -> KeySequence {
        let content = bytes.dropFirst(2)
        // It may have UTF-8, so of the C1 controls only ST is looked for, as two bytes.
        guard let end = content.firstIndex(where: { $0 < 0x20 || $0 == 0x7F }) else {
            guard let end = content.indices.first(where: { content[$0...].starts(with: [0xC2, 0x9C]) }) else {
                return .cut
            }
            return .whole(end - bytes.startIndex + 2)
        }
        let length = end - bytes.startIndex
        switch (content[end], content[end...].dropFirst().first) {
        case (0x07, _): return .whole(length + 1)
        case (escape, nil): return .cut
        case (escape, UInt8(ascii: "\\")): return .whole(length + 2)
        default: return length == 2 ? .none : .whole(length)
        }
    }
}
