import Foundation

/// What came of all scenarios, as a table.
struct ReportTable {
    /// The scenarios in their order.
    let reports: [ScenarioReport]

    /// All figures together.
    var total: Tally { reports.reduce(into: Tally()) { $0 += $1.tally } }

    /// The table, with what went wrong beneath.
    var text: String {
        let head = ["scenario", "calls", "kills", "crash points", "states", "distinct", "opened", "mutants", "failures"]
        let rows = reports.map { row($0.scenario.rawValue, $0.tally, $0.kills, $0.mutants - $0.missed.count, $0.mutants) }
        let caught = reports.reduce(0) { $0 + $1.mutants - $1.missed.count }
        let sum = row(
            "all", total, reports.reduce(0) { $0 + $1.kills }, caught, reports.reduce(0) { $0 + $1.mutants })
        let lines = ([head] + rows + [sum]).map(line)
        return (lines + reports.flatMap(\.complaints)).joined(separator: "\n")
    }

    private func row(_ name: String, _ tally: Tally, _ kills: Int, _ caught: Int, _ mutants: Int) -> [String] {
        [
            name, "\(tally.calls)", "\(kills)", "\(tally.points)", "\(tally.states)", "\(tally.distinct)",
            "\(tally.opened)", "\(caught)/\(mutants)", "\(tally.failures)",
        ]
    }

    private func line(_ cells: [String]) -> String {
        cells.enumerated().map { place, cell in
            let room = String(repeating: " ", count: max(0, (place == 0 ? 16 : 13) - cell.count))
            return place == 0 ? cell + room : room + cell
        }.joined()
    }
}
