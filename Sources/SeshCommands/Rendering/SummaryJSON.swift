import SessionKit

/// An entry of the list as `list --json` writes it, with the names of the session file.
struct SummaryJSON: Encodable {
    struct Origin: Encodable {
        let id: String
        let turn: String?
    }

    struct Unreadable: Encodable {
        let code: String
        let message: String
    }

    let id: String
    var title: String?
    var preview: String?
    var createdAt: String?
    var updatedAt: String?
    var model: String?
    var messageCount: Int?
    var pendingCount: Int?
    var revision: Int?
    var forkedFrom: Origin?
    var error: Unreadable?

    init(_ entry: SummaryPage.Entry) {
        id = entry.id.rawValue
        switch entry {
        case .session(let summary):
            title = summary.title
            preview = summary.preview
            createdAt = Timestamp.string(from: summary.createdAt)
            updatedAt = Timestamp.string(from: summary.updatedAt)
            model = summary.model?.description
            messageCount = summary.messageCount
            pendingCount = summary.pendingCount
            revision = summary.revision
            forkedFrom = summary.forkedFrom.map { Origin(id: $0.id, turn: $0.turn?.rawValue) }
        case .unreadable(_, let failure):
            error = Unreadable(code: failure.code.rawValue, message: failure.description)
        }
    }
}
