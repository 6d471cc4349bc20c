import ArgumentParser
import ChatModels
import Foundation
import Testing

@testable import SeshCommands

@Suite("The manual")
struct ManualTests {
    private let page = HelpTopic.manual.text

    @Test("mandoc has nothing to say about the page")
    func lint() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "sesh-\(UUID().uuidString).1")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data((page + "\n").utf8).write(to: path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["mandoc", "-Tlint", "-Wwarning", path.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let complaints = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && complaints.isEmpty, "\(complaints)")
    }

    @Test("Every command, option, slash command, topic, key, variable and exit code is in it")
    func completeness() {
        for name in SeshCommand.commandNames { #expect(page.contains("\n.Ss sesh \(name)\n"), "\(name)") }
        let options = SeshCommand._dumpHelp().matches(of: /"kind"\s*:\s*"long",\s*"name"\s*:\s*"([a-z-]+)"/)
        #expect(options.count > 20)
        for option in options { #expect(page.contains("Fl -\(option.1)"), "\(option.1)") }
        for command in REPLCommand.allCases { #expect(page.contains("\n.It Li \"\(command.usage)\"\n"), "\(command)") }
        for status in SeshCommands.ExitStatus.allCases {
            #expect(page.contains("\n.It \(status.rawValue)\n\(status.meaning)\n"), "\(status)")
        }
        let keys = page.components(separatedBy: ".Sh KEYS").last?.components(separatedBy: ".Sh ").first ?? ""
        for (_, meaning) in HelpTopic.keyRows { #expect(keys.contains("\n\(meaning)\n"), "\(meaning)") }
        for name in HelpTopic.variableRows.flatMap({ $0.0.components(separatedBy: ", ") }) {
            #expect(page.contains("Ev \(name)"), "\(name)")
        }
        for topic in HelpTopic.allCases { #expect(page.contains("\n.It Cm \(topic.rawValue)\n"), "\(topic)") }
    }

    @Test("Every key of the configuration is in its help and in the manual; the examples are accepted")
    func configuration() throws {
        let help = HelpTopic.config.text
        for key in Configuration.Key.allCases.map(\.rawValue) + ProviderConfiguration.Setting.allCases.map(\.rawValue) {
            #expect(help.contains("\n\(key) ") && page.contains("\n.It Cm \(key)\n"), "\(key)")
        }
        let settings = ProviderConfiguration.Setting.allCases.map { "\"\($0.rawValue)\": \($0.description.example)" }
        let provider = "{\(settings.joined(separator: ","))}"
        _ = try JSONDecoder().decode(ProviderConfiguration.self, from: Data(provider.utf8))
        let keys = Configuration.Key.allCases.map { "\"\($0.rawValue)\": \($0.description.example)" }
        let path = FileManager.default.temporaryDirectory.appending(path: "sesh-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data("{\(keys.joined(separator: ","))}".utf8).write(to: path)
        _ = try Configuration(path: path.path, isRequired: true)
    }

    @Test("What installs the local model is beside the installed program, or in the checkout it was built in")
    func localModelScript() {
        #expect(
            InstallLocalModelCommand.places(of: "/opt/x/bin/sesh") == ["/opt/x/libexec/sesh/install-local-model"])
        #expect(
            InstallLocalModelCommand.places(of: "/src/sesh/.build/x86/release/sesh").last
                == "/src/sesh/Scripts/install-local-model")
    }
}
