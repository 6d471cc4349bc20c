import Foundation

/// What a command may do when a call of its fails.
struct FaultJudge: Sendable {
    let scenario: FaultScenario
    /// What the sessions directory held before.
    let before: SessionsSnapshot
    /// What it can hold, from before to after the whole change.
    let stages: [[String: SessionContent]]
    /// What an undisturbed run prints.
    let output: String

    /// Finds what is wrong with a run.
    ///
    /// - Returns: nothing if all is well.
    func flaws(of outcome: FaultTrial.Outcome, with fault: Fault) -> [String] {
        guard let status = outcome.run.status else { return ["ended by a signal"] }
        guard let contents = try? outcome.after.contents() else { return ["a document is malformed"] }
        guard let stage = stage(of: contents) else { return ["neither old nor new: \(contents)"] }
        var flaws: [String] = []
        func check(_ isRight: Bool, _ flaw: String) { if !isRight { flaws.append(flaw) } }
        let isWhole = stage == stages.count - 1
        if fault.isHarmless {
            check(status == 0 && isWhole && outcome.run.output == output, "a harmless fault failed it")
        } else {
            check(status == 0 || status == 74, "exit code \(status)")
            check(fault.code == EINTR || outcome.log.repeatedSynchronizations.isEmpty, "synchronized again")
        }
        check(isAcknowledgementTrue(outcome, stage), "acknowledged what is not there")
        if status == 0 {
            check(isWhole, "0, and not done")
            check(scenario.name == "list" || outcome.run.output == output, "0, and other output")
        } else if scenario.isChange {
            // A session that can't be looked at is one that prune leaves alone.
            let says = outcome.run.errors.contains("NOT SAVED") || outcome.run.errors.contains("' stays: ")
            check(says, "does not say NOT SAVED")
            // Only where it can't be known whether it is durable.
            check(!isWhole || outcome.run.errors.contains("not known whether"), "NOT SAVED, though it is")
        }
        for (id, bytes) in before.documents where contents[id] == stages[0][id] {
            check(outcome.after.documents[id] == bytes, "\(id) is not as it was")
        }
        return flaws
    }

    private func stage(of contents: [String: SessionContent]) -> Int? {
        if let stage = stages.lastIndex(of: contents) { return stage }
        let isDone = contents.mapValues(\.history) == stages.last?.mapValues(\.history)
        return scenario.mayLeavePending && isDone ? stages.count - 1 : nil
    }

    /// What has been printed as done is in the files.
    private func isAcknowledgementTrue(_ outcome: FaultTrial.Outcome, _ stage: Int) -> Bool {
        let lines = outcome.run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        switch scenario.arguments[0] {
        case "chat":
            // A line is a turn, and each of the last changes is the saving of a prompt or of its answer.
            let missing = output.filter { $0 == "\n" }.count - lines.count
            return lines.isEmpty || stage >= stages.count - 1 - 2 * missing
        case "prune": return lines.allSatisfy { stages[stage][String($0)] == nil }
        case "list":
            return outcome.run.status != 0 || stages[0].keys.allSatisfy { outcome.run.output.contains("\"\($0)\"") }
        case "fork", "import": return lines.isEmpty || stage == stages.count - 1
        default: return true
        }
    }

    /// Finds what is wrong with the same command run again, without a fault.
    ///
    /// - Parameters:
    ///   - again: that run.
    ///   - first: the run that was disturbed.
    func flaws(of again: FaultTrial.Outcome, after first: FaultTrial.Outcome) -> [String] {
        let isDone = (try? first.after.contents()) == stages.last
        guard let contents = try? again.after.contents() else { return ["run again: malformed"] }
        // What is done can't be done again: 66 after a deletion, 64 after a fork, 1 where nothing is left to take back.
        if isDone { return [0, 1, 64, 66].contains(again.run.status) ? [] : ["run again when done: \(again.run)"] }
        guard again.run.status == 0, !scenario.endsAlike || contents == stages.last else {
            return ["run again: \(again.run)"]
        }
        return again.after.temporaries.isEmpty ? [] : ["run again: a temporary stays"]
    }
}
