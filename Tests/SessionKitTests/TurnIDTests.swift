import Foundation
import SessionKit
import Testing

@Suite("A turn's identity")
struct TurnIDTests {
    @Test func `is a ULID: the example of its specification reads back`() throws {
        let id = try #require(TurnID("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
        #expect(id.rawValue == "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        #expect(TurnID("01arz3ndektsv4rrffq69g5fav") == id)
        #expect(TurnID("7ZZZZZZZZZZZZZZZZZZZZZZZZZ") != nil, "the largest of 128 bits")
    }

    @Test(arguments: [
        "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "01ARZ3NDEKTSV4RRFFQ69G5FAI", "01ARZ3NDEKTSV4RRFFQ69G5FAL", "01ARZ3NDEKTSV4RRFFQ69G5FAO",
        "01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "01ARZ3NDEKTSV4RRFFQ69G5FA ", "01ARZ3NDEKTSV4RRFFQ69G5FA\u{0}", "01ARZ3NDEKTSV4RRFFQ69G5F\u{DF}",
        "01ARZ3NDEKTSV4RRFFQ69G5FA\u{17F}", "01ARZ3NDEKTSV4RRFFQ69G5F/.",
    ])
    func `is no other text, nor one that only becomes a ULID in upper case`(_ text: String) {
        #expect(TurnID(text) == nil)
    }

    @Test func `carries its time as the specification lays it out`() {
        var generator = SystemRandomNumberGenerator()
        // 1469918176385 ms is the specification's own example of a time.
        let id = TurnID.generate(at: Date(timeIntervalSince1970: 1_469_918_176.385), using: &generator)
        #expect(id.rawValue.hasPrefix("01ARYZ6S41"))
    }

    @Test func `sorts by time and is never the same twice`() {
        let start = Date(timeIntervalSince1970: 1_795_227_300)
        let ids = (0..<1000).map { TurnID.generate(at: start + Double($0) / 1000) }
        #expect(ids == ids.sorted())
        #expect(Set((0..<10_000).map { _ in TurnID.generate(at: start) }).count == 10_000)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -5])
    func `can be generated whatever the clock shows`(_ seconds: Double) {
        let id = TurnID.generate(at: Date(timeIntervalSince1970: seconds))
        #expect(TurnID(id.rawValue) == id)
    }
}
