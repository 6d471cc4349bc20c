/// The directories and files of a disk, with inodes in place of contents.
struct Tree: Sendable {
    /// The paths of directories, each after its parent.
    var directories: [String] = []
    /// The paths of files.
    var files: [(path: String, inode: Int)] = []

    /// What programs see.
    static func current(of disk: Disk) -> Tree {
        all(of: disk) { directory, _ in [directory.current] }[0]
    }

    /// What a power cut may leave.
    static func remains(of disk: Disk) -> [Tree] {
        all(of: disk) { directory, path in
            // The folder of locks is never synced, since nothing that counts is in it, so its changes add up.
            directory.remains(limit: path.hasSuffix("/.locks") ? 2 : 10)
        }
    }

    private static func all(
        of disk: Disk, _ entries: (DirectoryNode, String) -> [[String: Int]]
    ) -> [Tree] {
        trees(of: disk, Disk.root, "", entries)
    }

    private static func trees(
        of disk: Disk, _ inode: Int, _ path: String, _ entries: (DirectoryNode, String) -> [[String: Int]]
    ) -> [Tree] {
        guard let directory = disk.directory(inode) else { return [Tree(files: [(path, inode)])] }
        let own = path.isEmpty ? [] : [path]
        return entries(directory, path).flatMap { choice in
            choice.sorted { $0.key < $1.key }.reduce([Tree(directories: own)]) { trees, entry in
                let below = Self.trees(of: disk, entry.value, "\(path)/\(entry.key)", entries)
                return trees.flatMap { tree in below.map { tree.joined(with: $0) } }
            }
        }
    }

    private func joined(with other: Tree) -> Tree {
        Tree(directories: directories + other.directories, files: files + other.files)
    }
}
