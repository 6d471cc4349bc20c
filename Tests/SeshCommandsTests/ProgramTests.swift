import Foundation
import SessionKit
import Testing

@testable import SeshCommands

@Suite("The program's conventions")
struct ProgramTests {
    @Test(
        "Ages are a whole number and a unit",
        arguments: [("45s", 45), ("90m", 5400), ("12h", 43_200), ("30d", 2_592_000), ("8w", 4_838_400), ("0d", 0)])
    func ages(text: String, seconds: Int) { #expect(Age.parse(text) == .seconds(seconds)) }

    @Test(
        "What is no age is refused",
        arguments: ["", "d", "30", "-1d", "+1d", "1.5h", "3 d", "99999999999999999y", "1M"])
    func badAges(text: String) { #expect(Age.parse(text) == nil) }

    @Test("Times past are told in the largest whole unit; a clock set back is no past")
    func past() {
        #expect(Age.ago(-500) == "just now")
        #expect(Age.ago(59) == "59 s ago")
        #expect(Age.ago(3600) == "1 h ago")
        #expect(Age.ago(86_400) == "1 day ago")
        #expect(Age.ago(86_400 * 400) == "13 months ago")
    }

    @Test("An option with an equals sign and no value is refused; prompts and what follows -- are not options")
    func emptyValues() throws {
        for argument in ["--session=", "-s=", "--max-tokens="] {
            #expect { try OptionSyntax.check(["chat", argument, "x"], commands: ["chat", "prune", "undo"]) } throws: {
                Failure($0).status == .usage
            }
        }
        try OptionSyntax.check(
            ["chat", "--session=a", "1+1=", "--", "--session="], commands: ["chat", "prune", "undo"])
    }

    @Test("Help has topics beside the commands; the codes it lists are the program's")
    func helpTopics() throws {
        for topic in HelpTopic.allCases {
            #expect(HelpTopic(["help", topic.rawValue]) == topic && HelpTopic([topic.rawValue]) == nil)
            try OptionSyntax.check(["help", topic.rawValue], commands: ["chat"], topics: [topic.rawValue])
            #expect(!topic.text.isEmpty)
        }
        let codes = HelpTopic.exitCodes.text.split(separator: "\n").compactMap { Int32($0.prefix { $0 != " " }) }
        #expect(codes == ExitStatus.allCases.map(\.rawValue))
    }

    @Test(
        "A command that there is not is named with those it may have meant",
        arguments: [["lst"], ["lst", "--json"], ["help", "lst"]])
    func unknownCommand(arguments: [String]) throws {
        let error = #expect(throws: CommandError.self) {
            try OptionSyntax.check(arguments, commands: ["chat", "list", "history"])
        }
        #expect(error.map(Failure.init)?.status == .usage && error?.message.contains("'list'") == true)
        for known in [[], ["list"], ["help"], ["help", "list"], ["--version"], ["help", "help"]] {
            try OptionSyntax.check(known, commands: ["chat", "list"])
        }
    }

    @Test(
        "A negative number after an option is named, in one line; words and what follows -- are none",
        arguments: [
            ["prune", "--keep", "-1"], ["undo", "-n", "-1", "a"], ["chat", "--temperature", "-0.5", "x"],
            ["prune", "--older-than", "-5d"],
        ])
    func negativeValues(arguments: [String]) throws {
        #expect {
            try OptionSyntax.check(arguments, commands: ["chat", "prune", "undo"])
        } throws: {
            let failure = Failure($0)
            return failure.status == .usage && failure.message.contains(arguments[1])
                && failure.message.contains(arguments[2]) && !failure.message.contains("\n")
        }
        try OptionSyntax.check(["chat", "--", "--keep", "-1"], commands: ["chat", "prune", "undo"])
        try OptionSyntax.check(["chat", "-q", "-5 degrees?"], commands: ["chat", "prune", "undo"])
        try OptionSyntax.check(["chat", "--session=a", "--", "-1"], commands: ["chat", "prune", "undo"])
    }

    @Test("Every kind of session error has the exit code that scripts rely on")
    func sessionErrors() {
        let expected: [(SessionError.Code, SeshCommands.ExitStatus)] = [
            (.invalidID, .usage), (.emptyPrompt, .usage), (.alreadyExists, .usage), (.malformed, .malformed),
            (.newerFormat, .malformed), (.notContinuable, .malformed), (.notFound, .noSession), (.notSaved, .notSaved),
            (.unreadable, .notSaved), (.busy, .tryAgain), (.conflict, .tryAgain), (.unsafeDirectory, .configuration),
            (.nothingToDo, .failure),
        ]
        for (code, status) in expected { #expect(Failure(SessionError(code, "x")).status == status, "\(code)") }
    }

    @Test("Every kind of model error has the exit code that scripts rely on")
    func modelErrors() {
        let expected: [(ModelError.Code, SeshCommands.ExitStatus)] = [
            (.unreachable, .unavailable), (.timedOut, .unavailable), (.serviceFailed, .unavailable),
            (.cut, .unavailable),
            (.badAnswer, .unavailable), (.emptyAnswer, .unavailable), (.refusedCredentials, .refused),
            (.unknownModel, .configuration), (.configuration, .configuration), (.rateLimited, .tryAgain),
        ]
        for (code, status) in expected { #expect(Failure(ModelError(code, "x")).status == status, "\(code)") }
        #expect(Failure(ModelError(.rateLimited, "Slow down.", retryAfter: .seconds(7))).message.contains("7 s"))
    }
}
