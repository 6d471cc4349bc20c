#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import SessionKit

/// The members of a document that belong to its summary, as they are found one after another.
package struct SummaryMembers {
    /// Those that every first line which this version writes has.
    private static let always: Set<String> = [
        "format", "id", "title", "preview", "createdAt", "updatedAt", "model", "messageCount", "pendingCount",
        "revision",
    ]

    private(set) var format: DocumentFormat?
    private var createdAt: Date?
    /// Members of the fork's origin that this version does not know.
    private(set) var originExtras: [JSONMember] = []
    private var id: String?
    private var title: String?
    private var preview = ""
    private var updatedAt: Date?
    private var model: ModelReference?
    private var messageCount = 0
    private var pendingCount = 0
    private var revision = 0
    private var forkedFrom: ForkOrigin?
    private var found = 0

    /// Whether all were there that a first line has.
    var isComplete: Bool { found == Self.always.count }

    /// Takes a member's value if it is one of the summary's.
    ///
    /// - Parameters:
    ///   - name: the member's name.
    ///   - scanner: stands before the value.
    /// - Returns: whether it was.
    mutating func take(_ name: String, from scanner: inout JSONScanner) throws(JSONFlaw) -> Bool {
        switch name {
        case "format": try takeFormat(from: &scanner)
        case "id": id = try scanner.optionalString()
        case "title": title = try scanner.optionalString()
        case "preview": preview = try scanner.optionalString() ?? ""
        case "createdAt": createdAt = try scanner.optionalDate()
        case "updatedAt": updatedAt = try scanner.optionalDate()
        case "model": model = try scanner.optionalModel()
        case "messageCount": messageCount = try scanner.count()
        case "pendingCount": pendingCount = try scanner.count()
        case "revision": revision = try scanner.count()
        case "forkedFrom":
            try takeOrigin(from: &scanner)
            return true
        default: return false
        }
        found += 1
        return true
    }

    private mutating func takeFormat(from scanner: inout JSONScanner) throws(JSONFlaw) {
        scanner.skipSpace()
        let start = scanner.position
        format = DocumentFormat(try scanner.string())
        if format == nil { throw JSONFlaw(at: start, "'\(DocumentFormat.current.name)' was expected") }
    }

    private mutating func takeOrigin(from scanner: inout JSONScanner) throws(JSONFlaw) {
        if try scanner.takeNull() { return }
        var origin = ForkOrigin(id: "", turn: nil)
        try scanner.object { scanner, name, token throws(JSONFlaw) in
            switch name {
            case "id": origin.id = try scanner.string()
            case "turn": origin.turn = try scanner.optionalTurn()
            default: originExtras.append(JSONMember(name: token, value: try scanner.skipValue()))
            }
        }
        forkedFrom = origin
    }

    /// The summary of what was found.
    ///
    /// - Parameters:
    ///   - fileID: the id that the file's name says.
    ///   - modified: when the file was last changed, for times that it does not hold.
    package func summary(of fileID: SessionID, modified: Date) -> SessionSummary {
        SessionSummary(
            id: fileID, title: title, preview: preview, createdAt: createdAt ?? updatedAt ?? modified,
            updatedAt: updatedAt ?? modified, model: model, messageCount: messageCount, pendingCount: pendingCount,
            revision: revision, forkedFrom: forkedFrom, remark: remark(on: fileID))
    }

    /// The file's name is what counts: whoever copies a file by hand wants another session.
    private func remark(on fileID: SessionID) -> String? {
        guard let id, id != fileID.rawValue else { return nil }
        return "'\(fileID)' was copied by hand from '\(id)'; it goes on as '\(fileID)'."
    }
}
