import ArgumentParser

/// What the user may type after `sesh chat`.
struct ChatOptions: ParsableArguments {
    @Option(
        name: [.short, .long], help: ArgumentHelp("Use this session; it is made if it is missing.", valueName: "id"),
        completion: SessionCompletion.kind)
    var session: String?

    @Option(
        help: ArgumentHelp(
            "Go on with the session of -s only if it was used within this time (90m, 24h, 7d); else keep it under a name "
                + "with the time of its last use, and begin it anew.", valueName: "age"))
    var resumeWithin: String?

    @Flag(name: [.customShort("c"), .customLong("continue")], help: "Go on with the session used last.")
    var continuesLast = false

    @Flag(help: "Keep nothing.")
    var ephemeral = false

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Ask this model: provider:model, for example openai:gpt-5-mini, ollama:llama3.2:1b or local.",
            valueName: "ref"), completion: ModelCompletion.kind)
    var model: String?

    @Option(help: ArgumentHelp("Set the session's system prompt; an empty one takes it away.", valueName: "text"))
    var system: String?

    @Option(help: ArgumentHelp("Set the session's sampling temperature, 0 or more.", valueName: "x"))
    var temperature: Double?

    @Option(help: ArgumentHelp("Set the session's limit on the tokens of an answer.", valueName: "n"))
    var maxTokens: Int?

    @Option(
        help: ArgumentHelp(
            "Set how much the model reasons before it answers: low, medium or high.", valueName: "effort"))
    var reasoning: String?

    @Option(
        name: .customLong("param"),
        help: ArgumentHelp(
            "Set a parameter of the session's requests, sent as it is, for example top_p=0.9 or 'stop=[\"END\"]'; an empty "
                + "value takes it away. Repeatable.", valueName: "name=json"))
    var parameters: [String] = []

    @Option(
        help: ArgumentHelp(
            "Ask for JSON that fits the JSON Schema in a file, this time; the answer is checked.", valueName: "file"),
        completion: .file())
    var schema: String?

    @Flag(help: "Write the answer in one piece when it is whole.")
    var noStream = false

    @Flag(
        help:
            "Send a request once: without it one that failed before its answer began is sent again, three tries in all."
    )
    var noRetry = false

    @Flag(help: "Show answers as they are: no Markdown is rendered on a terminal.")
    var raw = false

    @Flag(help: "Write one JSON object per turn.")
    var json = false

    @Flag(help: "Take each line of standard input that is not empty as a prompt of its own.")
    var lines = false

    @Flag(help: "Take each NUL-terminated record of standard input as a prompt of its own.")
    var null = false

    @Flag(name: [.customShort("n"), .customLong("no-stdin")], help: "Leave standard input alone.")
    var ignoresInput = false

    @Flag(name: [.short, .long], help: "Give no notices.")
    var quiet = false

    @Argument(help: ArgumentHelp("The prompt. Put -- before words that could begin with a dash.", valueName: "prompt"))
    var prompt: [String] = []
}
