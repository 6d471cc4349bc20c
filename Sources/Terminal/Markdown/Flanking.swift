/// Whether a run of delimiters may open or close a span (CommonMark 0.31.2, 6.2).
///
/// Other than in CommonMark, an ideograph counts like a space: Chinese and Japanese have none between words, and `**`
/// in `**「強調」**文` would never close.
struct Flanking {
    let canOpen: Bool
    let canClose: Bool

    init(_ character: Unicode.Scalar, between previous: Unicode.Scalar, and next: Unicode.Scalar) {
        let before = Neighbour(previous)
        let after = Neighbour(next)
        let left = after != .space && (after != .punctuation || before != .letter)
        let right = before != .space && (before != .punctuation || after != .letter)
        if character == "_" {
            canOpen = left && (!right || before == .punctuation)
            canClose = right && (!left || after == .punctuation)
        } else {
            canOpen = left
            canClose = right
        }
    }

    private enum Neighbour {
        case space, punctuation, ideograph, letter

        init(_ scalar: Unicode.Scalar) {
            if scalar.isASCII {
                switch scalar {
                case " ", "\t", "\n": self = .space
                case "0"..."9", "A"..."Z", "a"..."z": self = .letter
                default: self = .punctuation
                }
                return
            }
            switch scalar.properties.generalCategory {
            case .spaceSeparator: self = .space
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
                self = .punctuation
            case .otherLetter where scalar.value >= 0x2E80: self = .ideograph
            default: self = .letter
            }
        }
    }
}
