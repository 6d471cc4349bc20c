import Platform
import Foundation
import SeshTestSupport

/// Runs turns one after another, sends each signals at random moments, and looks at what is kept.
struct SignalLane {
    /// What a number of signals has shown.
    struct Tally: Sendable {
        var turns = 0
        var signals = 0
        /// How many turns were interrupted after words had been shown.
        var midway = 0
        /// How many turns came to their end first.
        var completed = 0
        /// What was shown and not kept.
        var lost: [String] = []
        /// Programs that did not end.
        var hangs: [String] = []
    }

    /// When and how often a turn is sent a signal.
    enum Plan: Sendable {
        /// One to four of any kind at any moments.
        case anyTime
        /// One in the last six milliseconds.
        case nearTheEnd
    }

    private static let kinds = [SIGINT, SIGTERM, SIGHUP]

    private let plan: Plan
    private let directory: String
    private let scratch: String
    private let environment: [String: String]
    private var random: SplitMix64
    /// How long a turn takes, in microseconds: kept such that half of those of the plan `nearTheEnd` end first.
    private var length = 150_000.0
    private(set) var tally = Tally()

    /// Prepares a lane.
    ///
    /// - Parameters:
    ///   - directory: the sessions directory.
    ///   - scratch: where input and output are kept.
    ///   - environment: the program's variables.
    ///   - seed: what the signals depend on.
    init(_ plan: Plan, directory: String, scratch: String, environment: [String: String], seed: UInt64) {
        self.plan = plan
        self.directory = directory
        self.scratch = scratch + "/lane-\(seed)"
        self.environment = environment.merging(["SESH_DIR": directory]) { $1 }
        random = SplitMix64(seed: seed)
    }

    /// Runs turns until so many signals were sent.
    mutating func run(signals: Int) throws {
        while tally.signals < signals { try runOne() }
    }

    private mutating func runOne() throws {
        tally.turns += 1
        let id = URL(filePath: scratch).lastPathComponent + "-\(tally.turns)"
        // A second record must not be sent once a signal has come.
        let isInLines = Int.random(in: 0..<4, using: &random) == 0
        try Data((isInLines ? "One\nTwo\n" : "One\n").utf8).write(to: URL(filePath: scratch + ".in"))
        let arguments = ["chat", "-q", "-s", id] + (isInLines ? ["--lines"] : [])
        let program = try SpawnedProgram(
            Sandbox.binary, arguments, environment: environment, input: scratch + ".in", output: scratch + ".out",
            errors: scratch + ".err")
        let sent = sendSignals(to: program)
        guard let ending = program.wait(seconds: 20) else {
            tally.hangs.append("\(sent)")
            return
        }
        length *= ending == .exited(0) ? 0.98 : 1.02
        try judge(id, sent, ending)
    }

    private mutating func sendSignals(to program: SpawnedProgram) -> [Int32] {
        var sent: [Int32] = []
        switch plan {
        case .nearTheEnd:
            usleep(UInt32(max(0, length - Double.random(in: 0...6000, using: &random))))
            sent = [Self.kinds.randomElement(using: &random) ?? SIGTERM]
            program.send(sent[0])
        case .anyTime:
            usleep(UInt32(Double.random(in: 0...length, using: &random)))
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let number = Self.kinds.randomElement(using: &random) ?? SIGTERM
                program.send(number)
                sent.append(number)
                if Bool.random(using: &random) { usleep(UInt32.random(in: 0...3000, using: &random)) }
            }
        }
        tally.signals += sent.count
        return sent
    }

    /// Every word that was written has to be in the session, and nothing else ends a turn than its end or a signal of ours.
    private mutating func judge(_ id: String, _ sent: [Int32], _ ending: SpawnedProgram.Ending) throws {
        let path = "\(directory)/\(id).json"
        defer { unlink(path) }
        let output = try String(contentsOf: URL(filePath: scratch + ".out"), encoding: .utf8)
        let errors = try String(contentsOf: URL(filePath: scratch + ".err"), encoding: .utf8)
        let answers = try answers(in: path)
        let isKept = (answers.joined(separator: "\n") + "\n").hasPrefix(output)
        let isEnding: Bool
        switch ending {
        case .exited(let status): isEnding = status == 0
        case .signaled(let number): isEnding = sent.contains(number)
        }
        if ending == .exited(0) { tally.completed += 1 } else if !output.isEmpty { tally.midway += 1 }
        if !isKept || !isEnding {
            tally.lost.append("\(sent), \(ending): shown \(output.debugDescription), kept \(answers), said \(errors)")
        }
    }

    /// The answers in a session's file, which may not be there yet.
    private func answers(in path: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let messages = document?["messages"] as? [[String: Any]] ?? []
        return messages.filter { $0["role"] as? String == "assistant" }.compactMap { $0["content"] as? String }
    }
}
