/// What a program wrote to a terminal, told apart: text, the sequences that it is known to write, and all else.
struct ScreenBytes {
    /// The text outside of line editing, with line feeds for ends of lines and without styles.
    private(set) var text = ""
    /// What is neither text nor a known sequence, with what follows it.
    private(set) var strays: [String] = []

    private var rest: ArraySlice<UInt8>
    private var isEditing = false

    /// Reads bytes as they came from the terminal.
    init(_ bytes: [UInt8]) {
        rest = bytes[...]
        var scalars = String.UnicodeScalarView()
        while let first = rest.first {
            if (0x20..<0x7F).contains(first) {
                if !isEditing { scalars.append(Unicode.Scalar(first)) }
                rest.removeFirst()
                continue
            }
            if takeSequence() || isEditing && takeEditing() { continue }
            let start = rest
            let scalar = takeScalar()
            if let scalar, Self.isText(scalar) {
                if !isEditing { scalars.append(scalar) }
            } else {
                strays.append(String(decoding: start.prefix(12), as: UTF8.self).debugDescription)
            }
        }
        text = String(scalars)
    }

    /// Takes what the program writes by itself: styles, the modes and titles, the waiting sign, ends of lines.
    private mutating func takeSequence() -> Bool {
        if take("\u{1B}[?2004h") {
            isEditing = true
        } else if take("\u{1B}[?2004l") {
            isEditing = false
        } else if take("\u{1B}[?25;2004h") {
            // Keys wait for the next prompt.
            return true
        } else if take("\u{1B}[22;2t") || take("\u{1B}[23;2t") || takeStyle() || takeTitle() || takeSign() {
            return true
        } else {
            // A terminal turns the line feed that is written to it into these two (ONLCR).
            return rest.starts(with: [0x0D, 0x0A]) && take("\r")
        }
        return true
    }

    private mutating func takeStyle() -> Bool { takeControl(ending: "m", parameters: 1...11) }

    private mutating func takeTitle() -> Bool {
        let start = rest
        guard take("\u{1B}]2;") else { return false }
        while let scalar = takeScalar() {
            if scalar == "\u{7}" { return true }
            guard Self.isText(scalar), scalar != "\n", scalar != "\t" else { break }
        }
        rest = start
        return false
    }

    private mutating func takeSign() -> Bool {
        let start = rest
        guard take("\r") else { return false }
        while take("·") {}
        if take("\u{1B}[K") { return true }
        rest = start
        return false
    }

    /// Takes what the line editor moves the cursor with.
    private mutating func takeEditing() -> Bool {
        if take("\r") || take("\n") || take("\u{8}") || take("\u{7}") || take("\u{1B}[J") || take("\u{1B}[K") {
            return true
        }
        return "ABCDGP@".contains { takeControl(ending: $0, parameters: 0...3) }
    }

    private mutating func takeControl(ending end: Character, parameters: ClosedRange<Int>) -> Bool {
        let start = rest
        if take("\u{1B}[") {
            let digits = rest.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x3B }
            rest = rest.dropFirst(digits.count)
            if parameters.contains(digits.count), take(String(end)) { return true }
        }
        rest = start
        return false
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    /// Takes a scalar; nil for a byte that is no UTF-8.
    private mutating func takeScalar() -> Unicode.Scalar? {
        for length in 1...4 where length <= rest.count {
            if let scalar = String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first {
                rest = rest.dropFirst(length)
                return scalar
            }
        }
        rest = rest.dropFirst()
        return nil
    }

    private static func isText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09: true
        case 0x00..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF: false
        default: true
        }
    }
}
