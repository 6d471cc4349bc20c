import ArgumentParser
import ChatModels
import Platform
import SessionKit
import Terminal
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The command `sesh config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show every setting with its value and where it comes from.",
        discussion: "Separated by tabs into a pipe. 'sesh help config' explains the keys.",
        subcommands: [ShowConfigCommand.self, EditConfigCommand.self], defaultSubcommand: ShowConfigCommand.self)
}

/// The command `sesh config show`, which `sesh config` means.
struct ShowConfigCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show every setting with its value and where it comes from.")

    func run(in program: Program) async throws {
        let rows = SettingTable(program: program, configuration: try program.configuration()).rows
        try TextTable(rows: rows.map { [$0.name, $0.value, $0.source] }).write(to: program.output)
    }
}

/// The command `sesh config edit`.
struct EditConfigCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Open the configuration in $VISUAL or $EDITOR.",
        discussion: "A file that is missing is made, with mode 0600. What was saved is checked.")

    func run(in program: Program) async throws {
        let path = program.configurationPath
        // A configuration that is broken is one that wants to be edited.
        let known = try? program.configuration()
        if try TrustedFile(path: path).read() == nil {
            let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            guard PrivatePath(path: directory).make() else {
                throw CommandError(.notSaved, "The directory \(directory) can't be made.")
            }
            try await PrivateFile(path: path).write("{\n}\n")
        }
        let editor = program.editor
        let child = ChildProgram(
            ["/bin/sh", "-c", "\(editor) \(Path.quotedForShell(path))"], environment: program.childEnvironment(known))
        let status = try await child.run()
        guard status == 0 else { throw CommandError(.failure, "The editor '\(editor)' failed (\(status)).") }
        _ = try program.configuration()
        program.notice("\(path) is in order.")
    }
}

/// Every setting, what it is, and where that comes from.
struct SettingTable {
    let program: Program
    let configuration: Configuration

    /// Name, value and source of each.
    var rows: [(name: String, value: String, source: String)] {
        let file = program.configurationPath
        func own(_ isSet: Bool) -> String { isSet ? file : "default" }
        let plain = Configuration()
        var rows: [(name: String, value: String, source: String)] = [
            ("configuration", file, program.isSet("SESH_CONFIG") ? "SESH_CONFIG" : "default"),
            sessions,
            model,
            (
                "sessionTTL", configuration.sessionTTL.map { "\($0.components.seconds) s" } ?? "none",
                own(configuration.sessionTTL != nil)
            ),
            (
                "maxSessions", configuration.maxSessions.map(String.init) ?? "none",
                own(configuration.maxSessions != nil)
            ),
            ("historyLimit", "\(configuration.historyLimit)", own(configuration.historyLimit != plain.historyLimit)),
            ("showUsage", "\(configuration.showsUsage)", own(configuration.showsUsage != plain.showsUsage)),
            ("raw", "\(configuration.isRaw)", own(configuration.isRaw != plain.isRaw)),
        ]
        let catalog = program.catalog(configuration)
        for name in catalog.providerNames {
            guard let provider = try? catalog.provider(named: name), provider.api != .echo else { continue }
            rows.append(("providers.\(name)", describe(provider), own(configuration.providers[name] != nil)))
        }
        return rows
    }

    private var sessions: (name: String, value: String, source: String) {
        let address = try? Stores(program).address()
        let variable = ["SESH_STORE", "SESH_DIR"].first { program.isSet($0) }
        let source = variable ?? (configuration.store == nil ? "default" : program.configurationPath)
        return ("sessions", address?.shown ?? "not understood", source)
    }

    private var model: (name: String, value: String, source: String) {
        let selection = ModelSelection(
            program: program, configuration: configuration, catalog: program.catalog(configuration))
        let reference = try? selection.reference(flag: nil, session: nil)
        let source =
            program.isSet("SESH_MODEL")
            ? "SESH_MODEL" : configuration.model != nil ? program.configurationPath : "default"
        return ("model", reference?.description ?? "none", source)
    }

    /// Where a provider is and whether there is a key, never the key itself.
    private func describe(_ provider: Provider) -> String {
        let place = provider.unixSocketPath ?? (provider.api == .localEngine ? "on this machine" : provider.baseURL)
        let variable = provider.keyVariables.first { program.isSet($0) }
        let key: String
        if let variable {
            key = "key in \(variable)"
        } else if provider.keyCommand != nil {
            key = "key by a command"
        } else {
            key = provider.keyVariables.isEmpty || provider.keyIsOptional ? "no key needed" : "no key"
        }
        return "\(place), \(key)"
    }
}
