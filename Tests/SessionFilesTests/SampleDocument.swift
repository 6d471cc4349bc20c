import SessionKit

@testable import SessionFiles
@testable import SessionJSON

/// Documents for tests, and short ways to read them.
enum SampleDocument {
    /// A document in the canonical layout with something in every part, and unknown members at every level.
    static let text = """
        {"format":"sesh.session/1","id":"demo","title":"Grüße","preview":"My name is Sarah.","createdAt":"2026-11-21T02:15:00.000Z","updatedAt":"2026-11-21T02:16:00.000Z","model":"local","messageCount":4,"pendingCount":1,"revision":7,"forkedFrom":{"id":"old","turn":"01KAJ000000000000000000001","why":"x"},"tags":["a", 1.50],
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[{"turn":"01KAJ000000000000000000009","after":"01KAJ000000000000000000002","createdAt":"2026-11-21T02:16:00.000Z","content":"And then?","draft":true}],
        "undone":[{"turn":"01KAJ000000000000000000008","after":"01KAJ000000000000000000002","replacedBy":null,"undoneAt":"2026-11-21T02:16:00.000Z","messages":[{"turn":"01KAJ000000000000000000008","role":"user","content":"x","y":0},{"turn":"01KAJ000000000000000000008","role":"assistant","content":"z"}],"reason":"typo"}],
        "messages":[
        {"turn":"01KAJ000000000000000000001","role":"user","content":"My name is Sarah.","createdAt":"2026-11-21T02:15:00.000Z","settings":{"system":"Be brief."}},
        {"turn":"01KAJ000000000000000000001","role":"assistant","content":"Hello, \\"Sarah\\" \\ud83d\\ude00.","model":"local","finishReason":"stop","usage":{"inputTokens":3,"outputTokens":5,"cached":1},"score":1.0e+2},
        {"turn":"01KAJ000000000000000000002","role":"user","content":"Who am I?","attachments":[{"sha256":"00","size":1}]},
        {"turn":"01KAJ000000000000000000002","role":"assistant","content":"Sa","status":"interrupted"}
        ]}

        """

    static let bytes = Array(text.utf8)

    /// Reads a document under the id `demo`.
    static func read(_ bytes: [UInt8]) throws(DocumentFlaw) -> SessionDocument {
        // The id is one, so the initializer gives it.
        guard let id = try? SessionID("demo") else { preconditionFailure("'demo' is an id") }
        return try SessionDocument(bytes, id: id, modified: Timestamp.date(milliseconds: 0))
    }

    /// The bytes that a document is written as.
    static func written(_ document: SessionDocument) throws -> [UInt8] {
        var document = document
        let lines = SummaryLine.encode(&document)
        var bytes: [UInt8] = []
        try document.write(firstLines: lines) { bytes += $0 }
        return bytes
    }
}
