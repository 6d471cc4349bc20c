import ArgumentParser
import SessionKit
import Testing

@testable import SeshCommands

@Suite("What chat options mean")
struct ChatPlanTests {
    private func plan(_ arguments: String..., interactive: Bool = false) throws -> ChatPlan {
        try ChatPlan(try ChatOptions.parse(arguments), isInteractive: interactive)
    }

    @Test("On a terminal without a prompt a person talks; with one it is a single turn that leaves the terminal alone")
    func terminal() throws {
        #expect(try plan(interactive: true).source == .person)
        #expect(try plan("Hello", "there", interactive: true).source == .once(words: "Hello there", readsInput: false))
    }

    @Test("A pipe is read unless -n forbids it")
    func pipe() throws {
        #expect(try plan().source == .once(words: nil, readsInput: true))
        #expect(try plan("Hello").source == .once(words: "Hello", readsInput: true))
        #expect(try plan("-n", "Hello").source == .once(words: "Hello", readsInput: false))
    }

    @Test("--lines and --null read records")
    func records() throws {
        #expect(try plan("--lines").source == .records(terminator: 10, words: nil))
        #expect(try plan("--null", "Translate:").source == .records(terminator: 0, words: "Translate:"))
    }

    @Test(
        "Options that exclude each other, or leave nothing to read, are a usage error",
        arguments: [
            ["-s", "a", "-c"], ["-c", "--ephemeral"], ["--lines", "--null"], ["--lines", "-n"], ["-m", ":x", "Hi"],
            ["--temperature=-1", "Hi"], ["--temperature", "nan", "Hi"], ["--max-tokens", "0", "Hi"],
        ])
    func contradictions(arguments: [String]) throws {
        let options = try ChatOptions.parse(arguments)
        #expect { try ChatPlan(options, isInteractive: false) } throws: { Failure($0).status == .usage }
    }

    @Test("The REPL writes no JSON and needs standard input")
    func interactiveContradictions() throws {
        for arguments in [["--json"], ["-n"]] {
            let options = try ChatOptions.parse(arguments)
            #expect { try ChatPlan(options, isInteractive: true) } throws: { Failure($0).status == .usage }
        }
    }

    @Test("A bad id is refused before anything is read")
    func badID() throws {
        let options = try ChatOptions.parse(["-s", "../x"])
        #expect { try ChatPlan(options, isInteractive: false) } throws: { ($0 as? SessionError)?.code == .invalidID }
    }

    @Test("Settings on the command line become the session's; an empty system prompt takes it away")
    func settings() throws {
        let plan = try plan("--system", "Be brief.", "--temperature", "0.5", "--max-tokens", "9", "Hi")
        #expect(plan.settings == SessionSettings(system: "Be brief.", temperature: 0.5, maxTokens: 9))
        #expect(try self.plan("--system", "", "Hi").changes == [.system(nil)])
    }
}
