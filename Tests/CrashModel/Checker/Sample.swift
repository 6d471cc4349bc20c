/// A state that stands for those that differ from it in nothing the store looks at.
struct Sample: Sendable {
    /// The directories, each after its parent.
    var directories: [String]
    /// The files.
    var files: [(path: String, bytes: [UInt8])]
    /// What is in them.
    var world: World
    /// When the power went.
    var moment: String
}
