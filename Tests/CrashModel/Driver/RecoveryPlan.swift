/// What is to be recovered in one go: many directories, each as a killed process left it.
struct RecoveryPlan: Codable, Sendable {
    /// One directory.
    struct Part: Codable, Sendable {
        /// Its name below the root.
        var number: Int
        /// What is in it.
        var world: World
        /// What a power cut may leave of it.
        var allowed: [World]
    }

    /// What is done in each.
    var recovery: Recovery
    /// Where the sessions are, below the directory.
    var sessionsPath: String
    /// The directories.
    var parts: [Part]

    /// Recovers them all.
    ///
    /// - Parameter root: where they are.
    func run(below root: String) async throws {
        for part in parts {
            var driver = Driver(
                "\(root)/\(part.number)\(sessionsPath)", world: part.world, allowed: part.allowed, part: part.number)
            try await recovery.run(&driver)
        }
    }
}
