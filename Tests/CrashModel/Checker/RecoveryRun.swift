/// One of many recoveries: where it began, and what it did.
struct RecoveryRun: Sendable {
    /// The moment at which the process before was killed.
    let start: CrashPoint
    /// The calls, with paths from the disk's root.
    private(set) var calls: [Call] = []

    /// Files outside of the disk.
    private var outside: Set<Int> = []

    /// Tells the calls of many recoveries apart.
    ///
    /// - Parameters:
    ///   - calls: the calls of a process that recovered one directory after another.
    ///   - points: where each recovery began; the directories have these numbers.
    static func split(_ calls: [Call], at points: [CrashPoint]) -> [RecoveryRun] {
        var runs = points.map { RecoveryRun(start: $0) }
        var current = 0
        for call in calls {
            if case .mark(let mark) = call, let part = mark.part { current = part }
            runs[current].take(call, below: "/\(current)")
        }
        return runs
    }

    private init(start: CrashPoint) { self.start = start }

    private mutating func take(_ call: Call, below base: String) {
        guard let relative = call.relative(to: base) else {
            // The directory above is synced too; that is no news to this disk.
            if case .open(let file, _, _, _) = call { outside.insert(file) }
            return
        }
        switch relative {
        case .open(let file, _, _, _): outside.remove(file)
        case .sync(let file), .close(let file): if outside.contains(file) { return }
        default: break
        }
        calls.append(relative)
    }
}
