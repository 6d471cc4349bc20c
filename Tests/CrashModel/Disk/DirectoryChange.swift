/// What was done to the entries of a directory.
enum DirectoryChange: Sendable {
    case link(String, inode: Int)
    case unlink(String)
    /// One step: the old name goes as the new one comes.
    case rename(from: String, to: String, inode: Int)

    /// The names it is about.
    var names: [String] {
        switch self {
        case .link(let name, _), .unlink(let name): [name]
        case .rename(let from, let to, _): [from, to]
        }
    }

    /// Makes the change.
    func apply(to entries: inout [String: Int]) {
        switch self {
        case .link(let name, let inode): entries[name] = inode
        case .unlink(let name): entries[name] = nil
        case .rename(let from, let to, let inode):
            entries[from] = nil
            entries[to] = inode
        }
    }
}
