/// Where a row may end.
enum LineBreaking {
    /// Whether a scalar must not begin a row: closing punctuation, small kana and iteration marks (UAX #14: CL, NS).
    static func staysWithWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "、", "。", "，", "．", "！", "？", "：", "；", "）", "」", "』", "】", "〉", "》", "〕", "］", "｝", "…", "‥",
            "・", "ー", "々", "ゝ", "ゞ", "〜", "”", "’", ".", ",", "!", "?", ":", ";", ")", "]", "}", "%":
            true
        default: false
        }
    }

    /// Whether a word that begins so may be a web address, which is worth a row of its own rather than a break.
    static func mayBecomeAddress(_ beginning: some Sequence<Unicode.Scalar>) -> Bool {
        var expected = "http".unicodeScalars.makeIterator()
        for scalar in beginning.drop(while: { $0 == "(" || $0 == "<" || $0 == "[" }) {
            guard let next = expected.next() else { return true }
            if scalar != next { return false }
        }
        return true
    }
}
