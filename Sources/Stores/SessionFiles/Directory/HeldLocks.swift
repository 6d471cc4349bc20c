/// Locks of one session or two, until this is let go.
struct HeldLocks: ~Copyable {
    /// The folder of locks, in which the leases of turns are too.
    let folder: OpenFile
    private let first: OpenFile
    private let second: OpenFile?

    /// Takes over files that are locked.
    init(folder: consuming OpenFile, first: consuming OpenFile, second: consuming OpenFile?) {
        self.folder = folder
        self.first = first
        self.second = second
    }
}
