import SessionKit

/// A command that prints a key, such as a password manager's.
public enum KeyCommand: Sendable, Equatable {
    /// A line for `/bin/sh -c`.
    case shell(String)
    /// A program, found along `PATH` unless it has a slash, and its arguments; never empty.
    case arguments([String])

    /// The command as a list of arguments.
    var argumentList: [String] {
        switch self {
        case .shell(let line): ["/bin/sh", "-c", line]
        case .arguments(let list): list
        }
    }
}

extension KeyCommand: Decodable {
    /// Reads a string as a shell command and an array of strings as a program with arguments.
    ///
    /// - Throws: `ModelError` with `configuration` for anything else, and for an empty command.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let line = try? container.decode(String.self), line.contains(where: { !$0.isWhitespace }) {
            self = .shell(line)
        } else if let list = try? container.decode([String].self), let program = list.first, !program.isEmpty {
            self = .arguments(list)
        } else {
            throw ModelError(
                .configuration,
                "\(decoder.codingPath.settingName) is neither a command line nor an array of a program and its arguments."
            )
        }
    }
}
