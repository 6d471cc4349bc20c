/// Whether bytes are UTF-8, and where not.
enum UTF8Check {
    /// Finds the first byte that does not fit.
    ///
    /// - Returns: its offset; nil if all are UTF-8.
    static func offsetOfFlaw(in bytes: some Sequence<UInt8>) -> Int? {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var length = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): length += scalar.count
            case .emptyInput: return nil
            case .error: return length
            }
        }
    }
}
