import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What the README says")
    struct ReadmeTests {
        let sandbox: Sandbox
        let readme: Readme
        private var text: String { readme.text }

        init() throws {
            sandbox = try Sandbox()
            readme = try Readme()
        }

        @Test("The configuration it shows is one, and its table names every key at the top")
        func configuration() async throws {
            let shown = try sandbox.configure(try readme.block("json"))
            #expect(try await sandbox.run("chat", "-m", "echo", "-s", "a", "x", environment: shown).status == 0)
            let wrong = try sandbox.configure(#"{"?":1}"#)
            let complaint = try await sandbox.run("chat", "-s", "a", "x", environment: wrong).errors
            let known = try #require(complaint.split(separator: "known are ").last).split { !$0.isLetter }.map(
                String.init)
            #expect(known.count > 5, "\(complaint)")
            for key in known { #expect(text.contains("`\(key)`"), "\(key)") }
        }

        @Test("Every command has its line, and every line is a command")
        func commands() async throws {
            let named = Set(text.matches(of: /\n\|.*?`sesh ([a-z-]+)[ `]/).map { String($0.1) })
            let help = try await sandbox.run("--help").output
            let list = try #require(help.components(separatedBy: "SUBCOMMANDS:").last)
            let offered = Set(list.matches(of: #/\n  ([a-z-]+) /#).map { String($0.1) })
            #expect(named.union(["redo"]) == offered, "\(help)")
        }

        @Test("The exit codes of its table are those that the program names")
        func exitCodes() async throws {
            let help = try await sandbox.run("--help").output
            for code in text.matches(of: /\n\| ([0-9]+) \|/).map({ String($0.1) }) {
                #expect(help.contains(" \(code) "), "\(code)")
            }
        }
    }
}
