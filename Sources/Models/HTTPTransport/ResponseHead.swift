/// Status and header fields of an answer.
struct ResponseHead: Sendable {
    var status: Int
    var fields: [HTTPField]
}
