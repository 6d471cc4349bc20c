/// What keeps the model from being run at all.
struct CrashModelError: Error, CustomStringConvertible {
    let description: String

    /// Makes an error.
    init(_ description: String) { self.description = description }
}
