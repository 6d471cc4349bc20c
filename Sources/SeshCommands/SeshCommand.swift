package import ArgumentParser

/// The root of the command line.
package struct SeshCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "sesh",
        abstract: "Chat with language models in sessions that last.",
        discussion: """
            A session is a named conversation, kept as a plain JSON file under ~/.sessions.

              sesh chat -s demo                 talk at a prompt
              sesh chat -s demo "A question"    ask once
              git diff | sesh chat "Review it"  ask about standard input
              sesh history demo                 look back

            More: sesh help config, environment, exit-codes, keys; 'sesh help manual | man -l -' is the manual page.

            Exit codes: 0 done, 64 usage, 65 malformed data, 66 no such session, 69 the service failed or cut the \
            answer, 74 not saved, 75 try again, 77 refused credentials, 78 configuration, 1 anything else.
            """,
        version: seshVersion,
        subcommands: [
            ChatCommand.self, ListCommand.self, HistoryCommand.self, ResetCommand.self, DeleteCommand.self,
            RenameCommand.self, ForkCommand.self, UndoCommand.self, RedoCommand.self, ExportCommand.self,
            ImportCommand.self, PruneCommand.self, ModelsCommand.self, ConfigCommand.self, DoctorCommand.self,
            StoreCommand.self, InstallLocalModelCommand.self,
        ])

    package init() {}

    /// The names of the commands.
    package static var commandNames: [String] { configuration.subcommands.map { $0._commandName } }
}

/// The version of the program.
package let seshVersion = "0.1.0"
