/// A store with a fault, made by changing what a sound one did: the checker has to see it.
enum Mutant: String, CaseIterable, Sendable {
    case unsyncedFile, unsyncedDirectory, unsyncedParent, renamedBeforeSync, acknowledgedBeforeSync, writtenInPlace
    case removedBeforeRename

    /// What a store with the fault would have done.
    ///
    /// - Parameters:
    ///   - calls: what the sound one did.
    ///   - sessionsPath: the sessions directory.
    /// - Returns: nil if the fault would make no difference.
    func changing(_ calls: [Call], sessionsPath: String) -> [Call]? {
        var mutation = Mutation(mutant: self, sessionsPath: sessionsPath)
        let changed = calls.flatMap { mutation.pass($0) }
        return mutation.hasChanged ? changed : nil
    }
}
