/// A moment at which the power may go, or the process be killed.
struct CrashPoint: Sendable {
    /// The disk at that moment.
    var disk = Disk()
    /// What it may hold, by what has been acknowledged.
    var worlds = [World()]
    /// The call before it, for a report.
    var last = "the start"
    /// The file into which the call before it wrote: the power may as well have gone in the middle of that.
    var written: Int?

    /// Where the paths of calls begin, if the disk's root is below the directory that is watched.
    private var base = ""

    /// Begins a moment at which nothing has happened yet.
    init() {}

    /// Another process goes on from here; the one before is gone with its descriptors.
    ///
    /// - Parameter base: where that process finds the disk's root, below the directory that is watched.
    mutating func resume(below base: String) {
        disk.closeAll()
        written = nil
        self.base = base
    }

    /// Makes a call.
    ///
    /// - Returns: whether this is another moment now.
    mutating func pass(_ call: Call) throws -> Bool {
        written = nil
        guard try disk.apply(call.relative(to: base)) else { return false }
        last = call.summary
        switch call {
        case .write(let file, _): written = disk.inode(of: file)
        case .mark(let mark): worlds = mark.worlds
        default: break
        }
        return true
    }

    /// All moments of a run.
    static func all(_ calls: [Call]) throws -> [CrashPoint] {
        var point = CrashPoint()
        var points = [point]
        for call in calls where try point.pass(call) { points.append(point) }
        return points
    }
}
