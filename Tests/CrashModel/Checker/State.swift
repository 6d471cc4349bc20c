/// What one power cut leaves: a tree, and of each file in it a remainder.
struct State {
    /// When the power went.
    let point: CrashPoint
    /// The entries that are left.
    let tree: Tree
    /// What each of the tree's files is.
    let places: [Judge.Place]
    /// The hashes of the files, by inode.
    let hashes: [Int: Fingerprint]
    /// What is left of each of the tree's files.
    var choice: [Remainder] = []

    /// What programs see, and what a process leaves that is killed.
    static func current(at point: CrashPoint, _ judge: Judge) -> State {
        let tree = Tree.current(of: point.disk)
        let files = tree.files.compactMap { file in point.disk.file(file.inode).map { (file.inode, $0) } }
        return State(
            point: point, tree: tree, places: tree.files.map { judge.place($0.path) },
            hashes: Dictionary(files.map { ($0, Fingerprint($1)) }) { first, _ in first },
            choice: tree.files.map { .cut(point.disk.file($0.inode)?.current.count ?? 0) })
    }

    /// The files with what gives their bytes.
    var files: [(path: String, place: Judge.Place, fingerprint: UInt64, bytes: () -> [UInt8])] {
        tree.files.indices.map { place in
            (tree.files[place].path, places[place], fingerprint(place), { bytes(place) })
        }
    }

    private func bytes(_ place: Int) -> [UInt8] {
        point.disk.file(tree.files[place].inode)?.bytes(choice[place]) ?? []
    }

    private func fingerprint(_ place: Int) -> UInt64 {
        hashes[tree.files[place].inode]?[choice[place]] ?? Fingerprint.seed
    }

    /// The hash of everything, and that of the sessions alone.
    ///
    /// - Parameter left: a file that is left out.
    func fingerprints(without left: Int?) -> (all: UInt64, visible: UInt64) {
        var all = tree.directories.reduce(Fingerprint.seed) { Fingerprint.mixed(Fingerprint.hash($1.utf8), into: $0) }
        var visible = Fingerprint.seed
        for (place, file) in tree.files.enumerated() {
            let path = Fingerprint.hash(file.path.utf8)
            all = Fingerprint.mixed(path, into: all)
            if place != left { all = Fingerprint.mixed(fingerprint(place), into: all) }
            guard case .session = places[place] else { continue }
            visible = Fingerprint.mixed(path, into: visible)
            if place != left { visible = Fingerprint.mixed(fingerprint(place), into: visible) }
        }
        return (all, visible)
    }

    /// The hash of what the store looks at: the names, what the sessions say, and roughly what is in temporaries.
    ///
    /// - Parameter world: the hash of what the sessions say.
    func kind(_ world: UInt64) -> UInt64 {
        var hash = Fingerprint.mixed(world, into: Fingerprint.seed)
        for directory in tree.directories { hash = Fingerprint.mixed(Fingerprint.hash(directory.utf8), into: hash) }
        for (place, file) in tree.files.enumerated() {
            // Of the locks only a claim on a turn is looked at by its name.
            if case .lock = places[place] { continue }
            hash = Fingerprint.mixed(Fingerprint.hash(file.path.utf8), into: hash)
            let length = point.disk.file(file.inode)?.current.count ?? 0
            let kind: UInt64 =
                switch choice[place] {
                case .old: 1
                case .cut(0): 2
                case .cut(length): 3
                case .cut: 4
                case .zeros(0, _): 5
                case .zeros: 6
                case .overOld: 7
                case .blocks: 8
                }
            hash = Fingerprint.mixed(kind, into: hash)
        }
        return hash
    }

    /// The state with its bytes.
    func sample(_ world: World) -> Sample {
        Sample(
            directories: tree.directories,
            files: tree.files.indices.map { (tree.files[$0].path, bytes($0)) }, world: world, moment: point.last)
    }

    /// The state as a failure.
    func failure(_ problem: String) -> Failure {
        let files = tree.files.indices.map { (path: tree.files[$0].path, choice: choice[$0], size: bytes($0).count) }
        return Failure(
            problem: problem, moment: point.last,
            files: tree.directories.map { $0 + "/" } + files.map { "\($0.path), \($0.size) bytes (\($0.choice))" },
            size: files.reduce(tree.directories.count) { $0 + 1 + $1.size })
    }
}
