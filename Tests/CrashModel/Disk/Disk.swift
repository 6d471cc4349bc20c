/// A simulated disk: what programs see, and how much of it is known to be on the medium.
///
/// As little is taken to be durable as POSIX allows: a file's sync says nothing of its name, a directory's sync nothing
/// of the files in it or of the directory's own name.
struct Disk: Sendable {
    private struct OpenFile {
        var inode: Int
        var place = 0
    }

    private enum Node {
        case file(FileNode)
        case directory(DirectoryNode)
    }

    /// The inode of the root, which always was there.
    static let root = 0
    private var nodes: [Node] = [.directory(DirectoryNode())]
    private var files: [Int: OpenFile] = [:]

    /// A file's state; nil for a directory.
    func file(_ inode: Int) -> FileNode? {
        if case .file(let node) = nodes[inode] { node } else { nil }
    }

    /// A directory's state; nil for a file.
    func directory(_ inode: Int) -> DirectoryNode? {
        if case .directory(let node) = nodes[inode] { node } else { nil }
    }

    /// The file that a descriptor stands for.
    func inode(of file: Int) -> Int? { files[file]?.inode }

    /// The process is gone, and its descriptors with it.
    mutating func closeAll() { files = [:] }

    /// Makes a call.
    ///
    /// - Returns: whether the disk, or what is durable of it, may differ now.
    mutating func apply(_ call: Call) throws -> Bool {
        switch call {
        case .open(let file, let path, let creates, let truncates):
            return try open(file, path, creates: creates, truncates: truncates)
        case .close(let file): files[file] = nil
        case .seek(let file, let place): files[file]?.place = place
        case .write(let file, let bytes):
            guard let open = files[file] else { throw Self.unknown(call) }
            change(open.inode) { $0.write(bytes, at: open.place) }
            files[file]?.place += bytes.count
            return true
        case .truncate(let file, let length):
            guard let inode = inode(of: file) else { throw Self.unknown(call) }
            change(inode) { $0.truncate(to: length) }
            return true
        case .sync(let file):
            guard let inode = inode(of: file) else { throw Self.unknown(call) }
            synchronize(inode)
            return true
        case .rename(let from, let to):
            guard let (directory, name) = parent(of: from), let (target, newName) = parent(of: to),
                directory == target, let inode = self.directory(directory)?.current[name]
            else { throw Self.unknown(call) }
            change(directory, .rename(from: name, to: newName, inode: inode))
            return true
        case .link(let from, let to):
            guard let inode = inode(at: from), let (directory, name) = parent(of: to) else { throw Self.unknown(call) }
            change(directory, .link(name, inode: inode))
            return true
        case .unlink(let path):
            guard let (directory, name) = parent(of: path) else { throw Self.unknown(call) }
            change(directory, .unlink(name))
            return true
        case .makeDirectory(let path):
            guard let (directory, name) = parent(of: path) else { throw Self.unknown(call) }
            link(.directory(DirectoryNode()), name, in: directory)
            return true
        case .mark: return true
        }
        return false
    }

    private mutating func open(_ file: Int, _ path: String, creates: Bool, truncates: Bool) throws -> Bool {
        if let inode = inode(at: path) {
            files[file] = OpenFile(inode: inode)
            if truncates { change(inode) { $0.truncate(to: 0) } }
            return truncates
        }
        guard creates, let (directory, name) = parent(of: path) else {
            throw CrashModelError("The log opens '\(path)', which the model does not have.")
        }
        files[file] = OpenFile(inode: nodes.count)
        link(.file(FileNode()), name, in: directory)
        return true
    }

    private mutating func link(_ node: Node, _ name: String, in directory: Int) {
        change(directory, .link(name, inode: nodes.count))
        nodes.append(node)
    }

    private mutating func change(_ directory: Int, _ change: DirectoryChange) {
        guard case .directory(var node) = nodes[directory] else { return }
        node.make(change)
        nodes[directory] = .directory(node)
    }

    private mutating func change(_ file: Int, _ body: (inout FileNode) -> Void) {
        guard case .file(var node) = nodes[file] else { return }
        body(&node)
        nodes[file] = .file(node)
    }

    private mutating func synchronize(_ inode: Int) {
        switch nodes[inode] {
        case .file(var node):
            node.synchronize()
            nodes[inode] = .file(node)
        case .directory(var node):
            node.synchronize()
            nodes[inode] = .directory(node)
        }
    }

    /// The entry that a path leads to, as programs see it.
    func inode(at path: String) -> Int? {
        path.split(separator: "/").reduce(Self.root) { inode, name in
            inode.flatMap { directory($0)?.current[String(name)] }
        }
    }

    private func parent(of path: String) -> (directory: Int, name: String)? {
        var parts = path.split(separator: "/")
        guard let name = parts.popLast(), let inode = inode(at: parts.joined(separator: "/")) else { return nil }
        return (inode, String(name))
    }

    private static func unknown(_ call: Call) -> CrashModelError {
        CrashModelError("The log's '\(call.summary)' is about what the model does not have.")
    }
}
