/// What the command line is made of.
enum ArgumentEncoding {
    /// Refuses arguments that are not UTF-8: Swift mends them without a word, and a prompt would be sent that nobody
    /// typed.
    ///
    /// - Throws: `CommandError` with the status `malformed`, naming the argument's place and the offset in it.
    static func check() throws {
        for place in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[place] else { continue }
            let bytes = UnsafeBufferPointer(start: argument, count: length(of: argument))
            if let offset = UTF8Check.offsetOfFlaw(in: bytes.lazy.map(UInt8.init(bitPattern:))) {
                throw CommandError(
                    .malformed, "Argument \(place) is not UTF-8: the byte at offset \(offset) does not fit.")
            }
        }
    }

    private static func length(of text: UnsafeMutablePointer<CChar>) -> Int {
        var length = 0
        while text[length] != 0 { length += 1 }
        return length
    }
}
