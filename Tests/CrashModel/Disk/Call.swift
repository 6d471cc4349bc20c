/// A system call that succeeded and that a disk may remember, or a mark among them.
///
/// Paths are below the directory that is watched.
enum Call: Sendable {
    case open(file: Int, path: String, creates: Bool, truncates: Bool)
    case close(file: Int)
    case seek(file: Int, place: Int)
    case write(file: Int, bytes: [UInt8])
    case truncate(file: Int, length: Int)
    case sync(file: Int)
    case rename(from: String, to: String)
    case unlink(String)
    case makeDirectory(String)
    case mark(Mark)

    /// The call with its paths below a directory, which they must be in.
    func relative(to base: String) throws -> Call {
        func relative(_ path: String) throws -> String {
            guard path == base || path.hasPrefix(base + "/") else {
                throw CrashModelError("'\(summary)' is outside of '\(base)'.")
            }
            return String(path.dropFirst(base.count))
        }
        return switch self {
        case .open(let file, let path, let creates, let truncates):
            .open(file: file, path: try relative(path), creates: creates, truncates: truncates)
        case .rename(let from, let to): .rename(from: try relative(from), to: try relative(to))
        case .unlink(let path): .unlink(try relative(path))
        case .makeDirectory(let path): .makeDirectory(try relative(path))
        case .close, .seek, .write, .truncate, .sync, .mark: self
        }
    }

    /// The call in a few words, for a report.
    var summary: String {
        switch self {
        case .open(_, let path, _, _): "open \(path)"
        case .close: "close"
        case .seek(_, let place): "seek to \(place)"
        case .write(_, let bytes): "write of \(bytes.count) bytes"
        case .truncate(_, let length): "truncate to \(length)"
        case .sync: "fsync"
        case .rename(let from, let to): "rename \(from) to \(to)"
        case .unlink(let path): "unlink \(path)"
        case .makeDirectory(let path): "mkdir \(path)"
        case .mark(let mark): "\(mark.change) \(mark.isDone ? "acknowledged" : "begins")"
        }
    }
}
