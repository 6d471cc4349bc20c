import ChatModels

/// What `sesh help` tells about beside the commands.
package enum HelpTopic: String, CaseIterable, Sendable {
    case config, environment
    case exitCodes = "exit-codes"
    case keys, manual

    /// What it is about.
    var summary: String {
        switch self {
        case .config: "the keys of the configuration file"
        case .environment: "the variables that are read"
        case .exitCodes: "what the exit codes mean"
        case .keys: "the keys at the prompt"
        case .manual: "this manual page, as mdoc(7)"
        }
    }

    /// The topic that a command line asks for; nil if it asks for something else.
    package init?(_ arguments: [String]) {
        guard arguments.count == 2, arguments[0] == "help" else { return nil }
        self.init(rawValue: arguments[1])
    }

    /// The text, without a line feed at its end.
    package var text: String {
        switch self {
        case .config: Self.configuration
        case .environment: Self.table(Self.variableRows)
        case .exitCodes: Self.table(ExitStatus.allCases.map { ("\($0.rawValue)", $0.meaning) })
        case .keys: Self.table(Self.keyRows)
        case .manual: ManualPage().text
        }
    }

    private static var configuration: String {
        """
        JSON in $SESH_CONFIG, else ~/.config/sesh/config.json; every key is optional:

        \(table(configurationRows))

        Each object in "providers" may have:

        \(table(providerRows))
        """
    }

    /// The keys of the configuration file, each with its meaning and, in a line of its own, an example.
    static var configurationRows: [(String, String)] { Configuration.Key.allCases.map { row($0, $0.description) } }

    /// The keys of a provider in the configuration file.
    static var providerRows: [(String, String)] {
        ProviderConfiguration.Setting.allCases.map { row($0, $0.description) }
    }

    private static func row(_ key: any CodingKey, _ description: SettingDescription) -> (String, String) {
        let name = key.stringValue
        let otherwise = description.otherwise.map { ", unless set: \($0)" } ?? ""
        return (name, "\(description.meaning)\nas \"\(name)\": \(description.example)\(otherwise)")
    }

    /// The keys at the prompt.
    static let keyRows = [
        ("Enter", "send the prompt"),
        ("Alt-Enter, Ctrl-J", "a line break; also Shift- and Ctrl-Enter where the terminal tells them apart"),
        ("\\ at the end", "a line break when Enter is pressed; \"\"\" opens and closes a block of lines"),
        ("Ctrl-C", "stop an answer and keep what came, or clear the line"),
        ("Ctrl-D", "leave, on an empty line"),
        ("Up, Down", "the line above or below, then the prompts typed before"),
        ("Ctrl-R", "search the prompts typed before; Left, Right, Home and End take the one found"),
        ("Tab", "complete commands, sessions, models and, after /save, files"),
        ("Ctrl-X Ctrl-E", "edit the text in $VISUAL or $EDITOR"),
        ("Ctrl-Left, -Right", "a word back or on; so do Alt-B and Alt-F"),
        ("Ctrl-W, Ctrl-Delete", "delete the word before or behind"),
        ("Ctrl-L", "draw the line anew"),
        ("Ctrl-Z", "stop the program until fg"),
    ]

    /// The environment variables.
    static let variableRows = [
        ("SESH_DIR", "the sessions directory; ~/.sessions unless set"),
        ("SESH_STORE", "what keeps the sessions, in place of a directory: sqlite:PATH or postgres://HOST/DATABASE"),
        ("SESH_MODEL", "the model where no flag and no session names one"),
        ("SESH_CONFIG", "the configuration file; ~/.config/sesh/config.json unless set"),
        ("OPENAI_API_KEY", "the key for openai; OPENAI_BASE_URL is another address"),
        ("ANTHROPIC_API_KEY", "the key for anthropic; ANTHROPIC_BASE_URL is another address"),
        ("GROQ_API_KEY", "the key for groq; for deepseek, mistral, openrouter and xai likewise"),
        ("OLLAMA_HOST", "where Ollama listens"),
        ("NO_COLOR", "no colours, if it is set and not empty"),
        ("COLUMNS", "how wide the terminal is, in place of what it says"),
        ("VISUAL, EDITOR", "the editor for Ctrl-X Ctrl-E and /edit"),
        ("PAGER", "what long histories are shown with"),
        ("XDG_CONFIG_HOME", "in place of ~/.config; XDG_DATA_HOME and XDG_STATE_HOME likewise"),
        ("XDG_RUNTIME_DIR", "where the socket of the local model is; /tmp/sesh-UID unless set"),
    ]

    private static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, meaning in
            let indent = String(repeating: " ", count: width + 2)
            return name + indent.dropFirst(name.count)
                + meaning.split(separator: "\n").joined(separator: "\n" + indent)
        }
        .joined(separator: "\n")
    }
}
