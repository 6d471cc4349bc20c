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
    case link(from: String, to: String)
    case unlink(String)
    case makeDirectory(String)
    case mark(Mark)

    /// The call with its paths below a directory; nil if one is not in there.
    func relative(to base: String) -> Call? {
        func relative(_ path: String) -> String? {
            path == base || path.hasPrefix(base + "/") ? String(path.dropFirst(base.count)) : nil
        }
        func relative(_ from: String, _ to: String, _ call: (String, String) -> Call) -> Call? {
            guard let from = relative(from), let to = relative(to) else { return nil }
            return call(from, to)
        }
        return switch self {
        case .open(let file, let path, let creates, let truncates):
            relative(path).map { .open(file: file, path: $0, creates: creates, truncates: truncates) }
        case .rename(let from, let to): relative(from, to) { .rename(from: $0, to: $1) }
        case .link(let from, let to): relative(from, to) { .link(from: $0, to: $1) }
        case .unlink(let path): relative(path).map { .unlink($0) }
        case .makeDirectory(let path): relative(path).map { .makeDirectory($0) }
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
        case .sync(let file): "fsync of descriptor \(file)"
        case .rename(let from, let to): "rename \(from) to \(to)"
        case .link(let from, let to): "link \(from) to \(to)"
        case .unlink(let path): "unlink \(path)"
        case .makeDirectory(let path): "mkdir \(path)"
        case .mark(let mark): "\(mark.change) \(mark.isDone ? "acknowledged" : "begins")"
        }
    }
}
