import Foundation
import SessionKit
import Testing

@testable import SessionFiles
@testable import SessionJSON

@Suite("The first line of a document")
struct SummaryLineTests {
    /// Documents that strain the line: each is a title, a preview, a model, an origin and unknown members.
    private static func documents() throws -> [SessionDocument] {
        let zalgo = "e" + String(repeating: "\u{301}", count: 5000)
        let texts = [
            "", "short", String(repeating: "x", count: 10_000), String(repeating: "界", count: 3000),
            String(repeating: "\u{1}", count: 3000), String(repeating: "👨‍👩‍👧‍👦", count: 500), zalgo, "\"\\\n\r\t",
        ]
        let extras = ["", #""tags":["a",  1.0],"#, "\"long\":\"\(String(repeating: "y", count: 3500))\",\"s\":{},"]
        let models = [nil, "local", "local:/\(String(repeating: "d/", count: 3000))m.gguf"].map {
            $0.flatMap(ModelReference.init)
        }
        return try texts.flatMap { title in
            try texts.flatMap { preview in
                try extras.flatMap { extra in
                    try models.map { model in
                        let text = "{\"format\":\"sesh.session/1\",\(extra)\"id\":\"demo\",\"messages\":[]}"
                        var document = try SampleDocument.read(Array(text.utf8))
                        document.summary.title = title
                        document.summary.preview = preview
                        document.summary.model = model
                        return document
                    }
                }
            }
        }
    }

    @Test("has at most 4096 bytes, and says what the whole document says")
    func fitsAndAgrees() throws {
        for document in try Self.documents() {
            let bytes = try SampleDocument.written(document)
            let line = try #require(bytes.split(separator: UInt8(ascii: "\n")).first)
            #expect(line.count + 1 <= 4096)
            #expect(line.last == UInt8(ascii: ","))
            try JSONScanner.check(Array(line.dropLast()) + [UInt8(ascii: "}")])
            let whole = try SampleDocument.read(bytes)
            if let quick = SummaryLine.parse(
                Array(bytes.prefix(4096)), id: document.summary.id, modified: Timestamp.date(milliseconds: 0))
            {
                #expect(quick == whole.summary)
            } else {
                #expect((document.summary.model?.description.count ?? 0) > 4000, "only a huge model leaves no room")
            }
            #expect(whole.summary.model == document.summary.model)
            #expect(whole.extras.count == document.extras.count)
            #expect(try SampleDocument.written(whole) == bytes, "writing again changes nothing")
        }
    }

    @Test("is cut between characters, with an ellipsis")
    func isCutBetweenCharacters() throws {
        var document = try SampleDocument.read(SampleDocument.bytes)
        document.summary.title = String(repeating: "🇩🇪", count: 1000)
        let whole = try SampleDocument.read(SampleDocument.written(document))
        let title = try #require(whole.summary.title)
        #expect(title.hasSuffix("…") && title.dropLast().allSatisfy { $0 == "🇩🇪" } && title.count > 300)
        #expect(whole.summary.preview == document.summary.preview)
    }

    private static let notLines = [
        "", "\n", "{}\n", "{},\n", "{\"format\":\"sesh.session/1\",\n", "[1,\n",
        SampleDocument.text.replacingOccurrences(of: ",\n", with: "\n"),
        SampleDocument.text.replacingOccurrences(of: "\"revision\":7", with: "\"revision\":\"7\""),
        SampleDocument.text.replacingOccurrences(of: "\"id\":\"demo\"", with: "\"id\":\"demo\",\"id\":\"demo\""),
        String(SampleDocument.text.split(separator: "\n")[0]),
    ]

    @Test("that is not one is not taken for one", arguments: notLines)
    func refusesOthers(_ text: String) throws {
        let id = try SessionID("demo")
        #expect(SummaryLine.parse(Array(text.utf8), id: id, modified: Date()) == nil)
    }
}
