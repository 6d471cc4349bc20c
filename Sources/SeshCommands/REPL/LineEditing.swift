import SessionKit
import ChatModels
import Terminal

/// How lines are edited at the prompt of the REPL.
struct LineEditing {
    let desk: ChatDesk
    let monitor: SignalMonitor

    /// What the line editor works with.
    var options: LineEditorOptions {
        let program = desk.program
        let limit = desk.configuration.historyLimit
        let completion = REPLCompletion(
            manager: desk.manager, providers: desk.catalog.providerNames,
            references: desk.catalog.knownReferences.map(\.description), home: program.home)
        return LineEditorOptions(
            input: program.input, output: program.editorDescriptor, programName: "sesh",
            keyBindings: program.home + "/.editrc",
            history: program.lineHistory(limit: limit), historyLimit: max(1, limit), signals: monitor,
            completion: completion.completion(of:), externalEditor: externalEditor,
            willStop: { program.title.suspend() }, didContinue: { program.title.resume() })
    }

    /// The program that edits texts: `VISUAL`, else `EDITOR`, else vi, without the variables that hold keys.
    var externalEditor: ExternalEditor {
        let environment = desk.program.environment
        let directory = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        return ExternalEditor(
            command: desk.program.editor, environment: desk.program.childEnvironment(desk.configuration),
            temporaryDirectory: directory, input: desk.program.input, output: desk.program.editorDescriptor,
            signals: monitor)
    }
}
