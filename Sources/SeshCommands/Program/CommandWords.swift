/// The words of the command line behind the program's name.
package struct CommandWords: Sendable {
    private let bytes: [[UInt8]]

    /// Takes words.
    package init(_ words: [String]) { bytes = words.map { Array($0.utf8) } }

    /// Takes what `main` got.
    ///
    /// - Parameters:
    ///   - count: how many words there are, the program's name included.
    ///   - arguments: the words, each ended by a 0.
    init(count: Int, arguments: UnsafePointer<UnsafePointer<CChar>?>) {
        bytes = UnsafeBufferPointer(start: arguments, count: count).dropFirst().compactMap { word in
            word.map { Self.bytes(of: $0) }
        }
    }

    private static func bytes(of word: UnsafePointer<CChar>) -> [UInt8] {
        var length = 0
        while word[length] != 0 { length += 1 }
        return UnsafeBufferPointer(start: word, count: length).map { UInt8(bitPattern: $0) }
    }

    /// The words as text; to be used only when `checkEncoding` has thrown nothing.
    var arguments: [String] { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// Refuses arguments that are not UTF-8: Swift mends them without a word, and a prompt would be sent that nobody
    /// typed.
    ///
    /// - Throws: `CommandError` with the status `malformed`, naming the argument's place and the offset in it.
    func checkEncoding() throws {
        for (place, word) in bytes.enumerated() {
            guard let offset = UTF8Check.offsetOfFlaw(in: word) else { continue }
            throw CommandError(
                .malformed, "Argument \(place + 1) is not UTF-8: the byte at offset \(offset) does not fit.")
        }
    }
}
