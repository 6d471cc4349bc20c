/// A state that the store must not leave.
struct Failure: Sendable {
    /// What is wrong.
    var problem: String
    /// When the power went.
    var moment: String
    /// What was left.
    var files: [String]
    /// How much that is: of several failures the smallest is told.
    var size: Int

    /// The failure for people.
    var description: String {
        (["\(problem); after \(moment), of the disk is left:"] + (files.isEmpty ? ["nothing"] : files))
            .joined(separator: "\n        ")
    }
}
