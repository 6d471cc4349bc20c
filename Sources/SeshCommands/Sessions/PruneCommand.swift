import ArgumentParser
import SessionKit

/// The command `sesh prune`.
struct PruneCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Delete sessions by age and number.",
        discussion: """
            At least one criterion is needed; a session that meets either goes. A session in which an answer is \
            awaited stays. The names of those that went are written to standard output, one a line.
            """)

    @Option(help: ArgumentHelp("Delete those not used for so long: 90m, 12h, 30d, 8w, 1y.", valueName: "age"))
    var olderThan: String?

    @Option(help: ArgumentHelp("Delete all but the so many used last.", valueName: "n"))
    var keep: Int?

    @Flag(help: "Only name them.")
    var dryRun = false

    func validate() throws {
        if olderThan == nil, keep == nil { throw ValidationError("Say which: --older-than AGE, --keep N, or both.") }
        if let keep, keep < 0 { throw ValidationError("--keep has to be 0 or more.") }
        if let olderThan, Age.parse(olderThan) == nil {
            throw ValidationError("--older-than takes an age like 90m, 12h, 30d, 8w or 1y, not '\(olderThan)'.")
        }
    }

    func run(in program: Program) async throws {
        let report = try await program.manager().prune(
            olderThan: olderThan.flatMap(Age.parse), keeping: keep, dryRun: dryRun)
        for summary in report.removed { try program.output.writeLine(summary.id.rawValue) }
        for summary in report.spared { program.notice("'\(summary.id)' is in use and stays.") }
        for (id, error) in report.failed { program.complain("'\(id)' stays: \(error.description)") }
        let count = "\(report.removed.count) session\(report.removed.count == 1 ? "" : "s")"
        program.notice(dryRun ? "\(count) would be deleted." : "\(count) deleted.")
        if let error = report.error { throw error }
        if let first = report.failed.first { throw ReportedFailure(status: Failure(first.error).status) }
    }
}
