import ArgumentParser
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The manual page `sesh.1`, in mdoc(7): made of what the help is made of, so that neither can fall behind.
struct ManualPage {
    private let commands: [CommandDescription]

    init() {
        let dump = Data(SeshCommand._dumpHelp().utf8)
        let root = try? JSONDecoder().decode(CommandDescription.Root.self, from: dump)
        commands = root?.command.subcommands?.filter { $0.commandName != "help" } ?? []
    }

    /// The page, without a line feed at its end.
    var text: String {
        [
            Self.opening, "", commands.map(\.synopsis).joined(separator: "\n"), ".Nm sesh", ".Cm help", ".Op Ar topic",
            Self.description, ".Sh COMMANDS", commands.map(\.section).joined(separator: "\n"), helpSection,
            ".Sh KEYS", Self.list(HelpTopic.keyRows.map { (Self.literal($0.0), $0.1) }),
            ".Sh SLASH COMMANDS", slashCommands,
            ".Sh CONFIGURATION",
            "The configuration file is a JSON object.", "Every key is optional, and one that is not known is an error.",
            Self.list(HelpTopic.configurationRows.map(Self.setting)),
            ".Pp", "Each object in", ".Cm providers", "may have:",
            Self.list(HelpTopic.providerRows.map(Self.setting)),
            ".Sh ENVIRONMENT",
            Self.list(HelpTopic.variableRows.map { (".It " + Self.names($0.0, "Ev"), $0.1) }),
            Self.files, ".Sh EXIT STATUS",
            Self.list(ExitStatus.allCases.map { (".It \($0.rawValue)", $0.meaning) }), Self.closing,
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var helpSection: String {
        """
        .Ss sesh help Op Ar topic
        Show help about a command, or about:
        \(Self.list(HelpTopic.allCases.map { (".It Cm \($0.rawValue)", $0.summary) }))
        """
    }

    private var slashCommands: String {
        "These are typed at the prompt.\nA prompt that begins with a slash is written with two.\n"
            + REPLCommand.Group.allCases.map { group in
                let commands = REPLCommand.allCases.filter { $0.group == group }
                return ".Ss \(group.rawValue)\n" + Self.list(commands.map { (Self.literal($0.usage), $0.summary) })
            }.joined(separator: "\n")
    }

    /// A list of names and what they mean.
    static func list(_ rows: [(item: String, meaning: String)]) -> String {
        let items = rows.map { "\($0.item)\n\(prose($0.meaning))" }
        return ".Bl -tag -width Ds\n" + items.joined(separator: "\n") + "\n.El"
    }

    private static func setting(_ row: (name: String, meaning: String)) -> (String, String) {
        (".It Cm \(row.name)", row.meaning)
    }

    private static func names(_ names: String, _ macro: String) -> String {
        names.split(separator: ", ").map { "\(macro) \($0)" }.joined(separator: " , ")
    }

    private static func literal(_ text: String) -> String {
        ".It Li \"\(escaped(text).replacing("\"", with: "\"\""))\""
    }

    /// Text whose sentences begin a line each, as mdoc wants it; what stands in a line of its own stays there.
    static func prose(_ text: String) -> String {
        text.replacing("\n", with: "\n.br\n").replacing(". ", with: ".\n").split(separator: "\n").map { line in
            let line = line.trimmingPrefix(while: \.isWhitespace)
            return line == ".br" ? String(line) : escaped(String(line))
        }.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        let text = text.replacing("\\", with: "\\e")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}

/// A command as the argument parser describes it.
private struct CommandDescription: Decodable {
    struct Root: Decodable { let command: CommandDescription }

    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
            var flag: String { kind == "short" ? "Fl \(name)" : "Fl -\(name)" }
        }

        let kind: String
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let isOptional: Bool
        let isRepeating: Bool

        private var value: String { kind == "flag" ? "" : " Ar \(valueName ?? "value")" + (isRepeating ? " ..." : "") }
        var isForEveryCommand: Bool { names?.contains { ["help", "version"].contains($0.name) } ?? false }
        var synopsis: String {
            let words = (names?.first?.flag ?? "") + value
            return ".\(isOptional ? "Op " : "")\(words.trimmingPrefix(" "))"
        }
        var item: (String, String) {
            (".It " + ((names ?? []).map(\.flag).joined(separator: " , ") + value).trimmingPrefix(" "), abstract ?? "")
        }
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [CommandDescription]?

    private var own: [Argument] { (arguments ?? []).filter { !$0.isForEveryCommand } }

    var synopsis: String {
        let operands = own.filter { $0.kind == "positional" }
        let options = own.filter { $0.kind != "positional" }
        return ([".Nm sesh", ".Cm \(commandName)"] + (options + operands).map(\.synopsis)).joined(separator: "\n")
    }

    var section: String {
        let texts = [abstract, discussion].compactMap { $0 }.map(ManualPage.prose)
        let parts = (subcommands ?? []).filter { $0.commandName != "help" }
        return
            ([
                ".Ss sesh \(commandName)", texts.joined(separator: "\n"),
                own.isEmpty ? "" : ManualPage.list(own.map(\.item)),
            ] + parts.map { ManualPage.list([(".It Cm \($0.commandName)", $0.abstract ?? "")] + $0.own.map(\.item)) })
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
