import Foundation

/// What came of all scenarios, as a table.
struct ReportTable {
    /// The scenarios in their order.
    let reports: [ScenarioReport]

    /// All figures together.
    var total: Tally { reports.reduce(into: Tally()) { $0 += $1.tally } }

    /// The table, with what went wrong beneath.
    var text: String {
        let head = [
            "scenario", "calls", "kills", "crash points", "states", "distinct", "opened", "mutants", "failures",
        ]
        let rows = reports.map { row($0.scenario.rawValue, $0.tally) }
        let lines = ([head] + rows + [row("all", total)]).map(line)
        return (lines + reports.flatMap(\.complaints)).joined(separator: "\n")
    }

    private func row(_ name: String, _ tally: Tally) -> [String] {
        [
            name, "\(tally.calls)", "\(tally.kills)", "\(tally.points)", "\(tally.states)", "\(tally.distinct)",
            "\(tally.opened)", "\(tally.caught)/\(tally.mutants)", "\(tally.failures)",
        ]
    }

    private func line(_ cells: [String]) -> String {
        cells.enumerated().map { place, cell in
            let room = String(repeating: " ", count: max(0, (place == 0 ? 16 : 13) - cell.count))
            return place == 0 ? cell + room : room + cell
        }.joined()
    }
}
