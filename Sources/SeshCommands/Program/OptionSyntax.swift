import SessionKit

/// What the argument parser lets pass though it can't be meant, or refuses without a way out.
package enum OptionSyntax {
    /// Refuses a command that there is not, `--option=` without a value, and a negative number behind an option.
    ///
    /// - Parameters:
    ///   - arguments: the command line without the program's name.
    ///   - commands: the names of the commands.
    ///   - topics: what there is help about beside them.
    /// - Throws: `CommandError` with the status `usage`.
    package static func check(_ arguments: [String], commands: [String], topics: [String] = []) throws {
        try checkCommand(arguments, commands, topics)
        let options = arguments.prefix { $0 != "--" }
        try checkEmptyValues(options)
        try checkNegativeValues(options)
    }

    /// The parser only says that the argument is unexpected, or shows the general help for a command that there is not.
    private static func checkCommand(_ arguments: [String], _ commands: [String], _ topics: [String]) throws {
        let isHelp = arguments.first == "help"
        let commands = isHelp ? commands + topics : commands
        guard let name = isHelp ? arguments.dropFirst().first : arguments.first, !name.hasPrefix("-"), name != "help",
            !commands.contains(name)
        else { return }
        let near = NearNames.of(name, among: commands).map { "'\($0)'" }
        let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
        throw CommandError(
            .usage, "There is no \(isHelp ? "help about" : "command") '\(name)'.\(hint) 'sesh help' lists them all.")
    }

    /// The parser would take the next word for the value (seen with 1.8.2), so that `--session= hello` would open the
    /// session "hello".
    private static func checkEmptyValues(_ arguments: ArraySlice<String>) throws {
        for argument in arguments
        where argument.hasPrefix("-") && argument.utf8.last == UInt8(ascii: "=") {
            let name = argument.dropLast()
            // A prompt may end in an equals sign; only what is an option's name and nothing else is refused.
            guard name.utf8.dropFirst().allSatisfy({ $0 == UInt8(ascii: "-") || (97...122).contains($0) }) else {
                continue
            }
            throw CommandError(.usage, "\(argument) has no value.")
        }
    }

    /// The parser takes `-1` for an option and says that the value is missing, to somebody who has given one.
    ///
    /// No option takes a number below 0.
    private static func checkNegativeValues(_ arguments: ArraySlice<String>) throws {
        for (option, value) in zip(arguments, arguments.dropFirst())
        where option.hasPrefix("-") && !option.contains("=") && value.wholeMatch(of: /-[0-9.]+[a-z]?/) != nil {
            throw CommandError(.usage, "\(option) takes no negative number like \(value); a prompt follows --.")
        }
    }
}
