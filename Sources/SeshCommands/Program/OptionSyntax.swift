/// What the argument parser lets pass though it can't be meant.
package enum OptionSyntax {
    /// Refuses `--option=` without a value: the parser would take the next word for it (seen with 1.8.2), so that
    /// `--session= hello` would open the session "hello".
    ///
    /// - Parameter arguments: the command line without the program's name.
    /// - Throws: `CommandError` with the status `usage`.
    package static func check(_ arguments: [String]) throws {
        for argument in arguments.prefix(while: { $0 != "--" })
        where argument.hasPrefix("-") && argument.utf8.last == UInt8(ascii: "=") {
            let name = argument.dropLast()
            // A prompt may end in an equals sign; only what is an option's name and nothing else is refused.
            guard name.utf8.dropFirst().allSatisfy({ $0 == UInt8(ascii: "-") || (97...122).contains($0) }) else {
                continue
            }
            throw CommandError(.usage, "\(argument) has no value.")
        }
    }
}
