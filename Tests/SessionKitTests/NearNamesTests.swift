import SessionKit
import Testing

@Suite("Near names")
struct NearNamesTests {
    let names = ["demo", "demo-2", "review", "ticket-42", "ticket-43", "Sarah", "x"]

    @Test(arguments: [
        ("dmeo", ["demo"]), ("dem", ["demo", "demo-2"]), ("reviw", ["review"]), ("sarah", ["Sarah"]),
        ("ticket-4", ["ticket-42", "ticket-43"]), ("ticket-41", ["ticket-42", "ticket-43"]),
        ("demo-22", ["demo", "demo-2"]),
        ("reveiws", ["review"]), ("nothing-like-it", []), ("zzz", []),
    ])
    func `are those that begin alike or are a few slips away`(_ typed: String, _ expected: [String]) {
        #expect(NearNames.of(typed, among: names) == expected)
    }

    @Test func `are three at most, the nearest first`() {
        #expect(
            NearNames.of("note-a", among: ["note-b", "note-c", "nota", "note-ab", "note-d"]) == [
                "note-ab", "note-b", "note-c",
            ])
    }
}
