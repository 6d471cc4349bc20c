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

    /// Makes a call.
    ///
    /// - Returns: whether this is another moment now.
    mutating func pass(_ call: Call) throws -> Bool {
        written = nil
        guard try disk.apply(call) else { return false }
        last = call.summary
        switch call {
        case .write(let file, _): written = disk.inode(of: file)
        case .mark(let mark): worlds = mark.worlds
        default: break
        }
        return true
    }

    /// The moments of a run that begins at this one, without this one.
    func following(_ calls: [Call]) throws -> [CrashPoint] {
        var point = self
        point.disk.closeAll()
        return try calls.compactMap { try point.pass($0) ? point : nil }
    }
}
