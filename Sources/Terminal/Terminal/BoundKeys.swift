internal import CLibEdit

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The key bindings that libedit lists (editrc(5), `bind`).
struct KeyBindings {
    /// A key in libedit's notation, such as `^[[A`, with the name of a command, or a text between quotation marks.
    struct Binding {
        let key: String
        let command: String
        /// Whether it is of vi's command mode.
        let isAlternative: Bool

        /// The key's bytes (chartype.c, ct_visual_char).
        var bytes: [UInt8] {
            var result: [UInt8] = []
            var isControl = false
            for byte in key.utf8 {
                if isControl {
                    result.append(byte == UInt8(ascii: "?") ? 0x7F : byte & 0x1F)
                    isControl = false
                } else if byte == UInt8(ascii: "^") {
                    isControl = true
                } else {
                    result.append(byte)
                }
            }
            return result + (isControl ? [UInt8(ascii: "^")] : [])
        }
    }

    let commands: [Binding]

    init(_ line: OpaquePointer) {
        guard let listing = sesh_edit_bindings(line) else {
            commands = []
            return
        }
        defer { free(listing) }
        var isAlternative = false
        commands = String(cString: listing).split(separator: "\n").compactMap { line in
            // map.c, map_print_all_keys.
            if line.first != "\"" { isAlternative = line.hasPrefix("Alternative") }
            guard line.first == "\"", let arrow = line.lastRange(of: "->  "),
                let end = line[..<arrow.lowerBound].lastIndex(of: "\"")
            else { return nil }
            let key = line[line.index(after: line.startIndex)..<max(end, line.index(after: line.startIndex))]
            return Binding(
                key: String(key), command: String(line[arrow.upperBound...]), isAlternative: isAlternative)
        }
    }

    /// The command of a key in the map for inserting.
    func command(for key: String) -> String? { commands.first { $0.key == key }?.command }
}

extension Substring {
    fileprivate func lastRange(of pattern: String) -> Range<Index>? {
        var end = endIndex
        while let start = self[..<end].lastIndex(of: "-") {
            if self[start...].hasPrefix(pattern) { return start..<index(start, offsetBy: pattern.count) }
            end = start
        }
        return nil
    }
}

/// The sequences with a binding, each with a character that has the same binding.
///
/// The characters are C1 controls, which no key sends and which libedit can bind as single characters.
struct BoundKeys {
    enum Key: Equatable {
        /// A character in place of the sequence.
        case code(WideCharacter)
        /// The sequence itself.
        case text([UInt8])
    }

    private static let codes: ClosedRange<WideCharacter> = 0x80...0x9F

    private var keys: [[UInt8]: Key] = [:]

    init() {}

    /// Reads the bindings, and binds the characters.
    init(_ line: OpaquePointer) {
        var codes: [String: WideCharacter] = [:]
        for binding in KeyBindings(line).commands {
            let (sequence, command) = (binding.bytes, binding.command)
            guard sequence.first == KeySequence.escape, KeySequence(sequence[...]) == .whole(sequence.count) else {
                continue
            }
            let next = Self.codes.lowerBound + WideCharacter(codes.count)
            if let code = codes[command] {
                keys[sequence] = .code(code)
            } else if command.hasPrefix("\"") || next > Self.codes.upperBound {
                keys[sequence] = .text(sequence)
            } else {
                Self.bind(next, to: command, on: line)
                codes[command] = next
                keys[sequence] = .code(next)
            }
        }
    }

    /// The key for the first of some sequences that has a binding.
    func first(of sequences: [[UInt8]]) -> Key? { sequences.lazy.compactMap { keys[$0] }.first }

    /// With vi's keys libedit stops before the last character, even when inserting (common.c, ed_move_to_end,
    /// ed_next_char).
    private static let insertingVi = ["ed-move-to-end": "sesh-end", "ed-next-char": "sesh-right"]

    private static func bind(_ code: WideCharacter, to command: String, on line: OpaquePointer) {
        let key = "\\" + String(code, radix: 8)
        let own = sesh_edit_is_vi(line) != 0 ? insertingVi[command] : nil
        _ = sesh_edit_bind(line, key, own ?? command)
        _ = sesh_edit_bind_alternative(line, key, command)
    }
}
