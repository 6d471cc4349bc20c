import Foundation

/// What came of all the faults of a scenario.
struct FaultReport {
    /// How many faults were tried.
    let tried: Int
    /// What went wrong, a line each.
    let flaws: [String]
    /// The documents that the runs left, other than those before.
    let documents: [Data]

    /// Tries every fault of a scenario.
    ///
    /// - Parameters:
    ///   - trials: places to run in, each with a thread of its own.
    ///   - isExhaustive: whether every error is tried at every call.
    init(of trials: [FaultTrial], isExhaustive: Bool) async throws {
        let first = trials[0]
        let undisturbed = try first.run()
        guard undisturbed.run.status == 0 else { throw Failed(description: "undisturbed: \(undisturbed.run)") }
        let stages = try first.stages()
        let judge = FaultJudge(
            scenario: first.scenario, before: first.before, stages: stages, output: undisturbed.run.output)
        let faults = Fault.all(for: undisturbed.log.counts, isExhaustive: isExhaustive)
        let queue = FaultQueue(faults)
        await withTaskGroup(of: Void.self) { group in
            for trial in trials {
                group.addTask {
                    await Self.onThread {
                        while let fault = queue.next() {
                            // When it is over for good is when another run has the most to mend.
                            let runsAgain = isExhaustive || fault.times > 1
                            Self.try(fault, trial, judge, queue, runsAgain: runsAgain)
                        }
                    }
                }
            }
        }
        let results = queue.results
        tried = faults.count
        flaws = results.flaws + (stages.count == first.scenario.stages ? [] : ["\(stages.count) stages: \(stages)"])
        documents = Array(results.documents.subtracting(first.before.documents.values))
    }

    /// An undisturbed run failed.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private static func `try`(
        _ fault: Fault, _ trial: FaultTrial, _ judge: FaultJudge, _ queue: FaultQueue, runsAgain: Bool
    ) {
        do {
            let outcome = try trial.run(fault: fault)
            var flaws = judge.flaws(of: outcome, with: fault).map { "\(fault): \($0); \(outcome.run)" }
            var documents = Array(outcome.after.documents.values)
            if runsAgain, trial.scenario.isChange, !fault.isHarmless {
                let again = try trial.runAgain()
                flaws += judge.flaws(of: again, after: outcome).map { "\(fault): \($0)" }
                documents += again.after.documents.values
            }
            queue.add(flaws, documents)
        } catch {
            queue.add(["\(fault): \(error)"], [])
        }
    }

    /// Runs what blocks on a thread of its own: Swift's pool has as many as there are cores.
    private static func onThread(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                body()
                continuation.resume()
            }
        }
    }
}
