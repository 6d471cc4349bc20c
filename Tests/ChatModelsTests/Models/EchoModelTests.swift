import SessionKit
import Testing

@testable import ChatModels

struct EchoModelTests {
    @Test("echo answers with the last prompt, exactly, in pieces or at once", arguments: [true, false])
    func echoes(streams: Bool) async throws {
        let prompt = "  two  words\r\nand 👩‍🚀 more\n"
        let request = ModelRequest(
            messages: [.init(role: .user, content: "first"), .init(role: .user, content: prompt)], streams: streams)
        var pieces: [String] = []
        var end: [ModelEvent] = []
        for try await event in EchoModel(reference: ModelReference(provider: "echo", model: nil)).respond(to: request) {
            if case .text(let piece) = event { pieces.append(piece) } else { end.append(event) }
        }
        #expect(Array(pieces.joined().utf8) == Array(prompt.utf8))
        #expect((pieces.count > 1) == streams)
        #expect(end == [.finished(.stop)])
    }

    @Test("a few words come one by one, and a hundred thousand in no more pieces than can be handled")
    func pieces() {
        #expect(EchoModel.pieces(of: "one two\n three", streams: true) == ["one ", "two\n ", "three"])
        #expect(EchoModel.pieces(of: "", streams: true) == [])
        let long = (0..<100_000).map(String.init).joined(separator: " ")
        let pieces = EchoModel.pieces(of: long, streams: true)
        #expect(pieces.count > 1000 && pieces.count <= EchoModel.mostPieces)
        #expect(pieces.joined() == long)
        #expect(pieces.dropLast().allSatisfy { $0.hasSuffix(" ") })
    }
}
