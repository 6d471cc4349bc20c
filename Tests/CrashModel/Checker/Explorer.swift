/// Goes through every state that a power cut may leave, and judges it.
struct Explorer {
    /// How finely files are cut.
    let grain: Grain
    /// What was tried so far.
    private(set) var tally = Tally()
    /// The smallest state that must not be.
    private(set) var failure: Failure?
    /// States for the real store to open.
    private(set) var samples: [UInt64: Sample] = [:]

    private var judge: Judge
    private var distinct: Set<UInt64> = []
    /// Verdicts by what sessions are visible, for the worlds that are allowed at present.
    private var verdicts: [UInt64: Verdict] = [:]

    /// A world, or what is wrong with it.
    private enum Verdict {
        case well(World, hash: UInt64)
        case wrong(String)
    }

    /// Makes an explorer.
    init(sessionsPath: String, grain: Grain) {
        self.grain = grain
        judge = Judge(sessionsPath: sessionsPath)
    }

    /// Explores a moment.
    mutating func explore(_ point: CrashPoint) {
        verdicts = [:]
        tally.points += 1
        var hashes: [Int: Fingerprint] = [:]
        for tree in Tree.remains(of: point.disk) {
            for file in tree.files where hashes[file.inode] == nil {
                hashes[file.inode] = point.disk.file(file.inode).map(Fingerprint.init)
            }
            var remainders = tree.files.map { point.disk.file($0.inode)?.remainders(grain) ?? [.old] }
            let state = State(
                point: point, tree: tree, places: tree.files.map { judge.place($0.path) }, hashes: hashes)
            visit(state, remainders)
            guard let place = tree.files.firstIndex(where: { $0.inode == point.written }),
                let during = point.disk.file(tree.files[place].inode)?.remaindersDuringWrite(grain), !during.isEmpty
            else { continue }
            remainders[place] = during
            visit(state, remainders)
        }
        if let written = point.written.flatMap({ point.disk.file($0) }) {
            tally.points += written.remaindersDuringWrite(grain).count / 2
        }
        tally.distinct = distinct.count
    }

    /// Goes through all combinations of what is left of each file.
    private mutating func visit(_ state: State, _ remainders: [[Remainder]]) {
        var state = state
        // The file with the most to choose from is the innermost loop, where nothing is computed twice.
        let inner = remainders.indices.max { remainders[$0].count < remainders[$1].count }
        var places = remainders.map { _ in 0 }
        while true {
            state.choice = places.indices.map { remainders[$0][places[$0]] }
            judge(state, inner: inner, inner.map { remainders[$0] } ?? [.old])
            guard let next = places.indices.first(where: { $0 != inner && places[$0] + 1 < remainders[$0].count })
            else { return }
            for place in places.indices.prefix(next) where place != inner { places[place] = 0 }
            places[next] += 1
        }
    }

    /// Judges a state for each remainder of one of its files.
    private mutating func judge(_ state: State, inner: Int?, _ remainders: [Remainder]) {
        var state = state
        let (all, visible) = state.fingerprints(without: inner)
        guard let inner else {
            count(state, all, visible)
            return
        }
        let file = state.tree.files[inner]
        guard let hashes = state.hashes[file.inode] else { return }
        var isVisible = false
        if case .session = state.places[inner] { isVisible = true }
        for remainder in remainders {
            let own = hashes[remainder]
            state.choice[inner] = remainder
            count(
                state, Fingerprint.mixed(own, into: all),
                isVisible ? Fingerprint.mixed(own, into: visible) : visible)
        }
    }

    private mutating func count(_ state: State, _ all: UInt64, _ visible: UInt64) {
        tally.states += 1
        guard distinct.insert(all).inserted || verdicts[visible] == nil else {
            if case .wrong = verdicts[visible] { tally.failures += 1 }
            return
        }
        let verdict = verdicts[visible] ?? verdict(on: state)
        verdicts[visible] = verdict
        switch verdict {
        case .wrong(let problem):
            tally.failures += 1
            let found = state.failure(problem)
            if failure.map({ found.size < $0.size }) ?? true { failure = found }
        case .well(let world, let hash):
            let key = state.kind(hash)
            if samples[key] == nil { samples[key] = state.sample(world) }
        }
    }

    private mutating func verdict(on state: State) -> Verdict {
        do {
            let world = try judge.world(of: state.files)
            if let problem = Judge.problem(with: world, among: state.point.worlds) { return .wrong(problem) }
            return .well(world, hash: UInt64(bitPattern: Int64(world.hashValue)))
        } catch {
            return .wrong(error.description)
        }
    }
}
