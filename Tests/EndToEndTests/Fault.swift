import Foundation

/// A file call that is made to fail, or to do only a part.
struct Fault: Sendable, CustomStringConvertible {
    /// The kind of call, as the interposer names it.
    let kind: String
    /// Which call of the kind is the first, from 1.
    let number: Int
    /// The error number; 0 is a short count.
    let code: Int32
    /// How many calls in a row.
    let times: Int

    /// Whether a program has to go on as if nothing had happened: after a signal or a part of the bytes.
    var isHarmless: Bool { code == EINTR || code == 0 }

    /// For the interposer.
    var setting: String { "\(kind) \(number) \(times) \(code)" }

    var description: String {
        let name = code == 0 ? "a short count" : String(cString: strerror(code))
        return "\(kind) \(number)\(times > 1 ? " and on" : ""): \(name)"
    }

    /// What each kind of call can fail with; the first is the one that is always tried.
    static let codes: [String: [Int32]] = [
        "open": [EIO, EINTR, ENOSPC, EDQUOT, EROFS, EMFILE],
        "close": [EIO, EINTR, ENOSPC, EDQUOT],
        "read": [EIO, EINTR, 0],
        "write": [ENOSPC, EINTR, 0, EIO, EDQUOT, EROFS],
        "fsync": [EIO, EINTR, ENOSPC, EDQUOT, EROFS],
        "flock": [EIO, EINTR, ENOLCK],
        "chmod": [EIO, EINTR, EROFS],
        "stat": [EIO, EINTR],
        "access": [EIO, EINTR, EROFS],
        "dup": [EMFILE, EINTR],
        "readdir": [EIO, EINTR],
        "rename": [EIO, EINTR, ENOSPC, EDQUOT, EROFS],
        "link": [EIO, EINTR, ENOSPC, EDQUOT, EROFS],
        "unlink": [EIO, EINTR, EROFS],
        "mkdir": [EIO, EINTR, ENOSPC, EDQUOT, EROFS],
    ]

    /// The faults for a program that makes so many calls of each kind.
    ///
    /// - Parameters:
    ///   - counts: the calls of an undisturbed run, by kind.
    ///   - isExhaustive: whether every error number is tried once and for good at every call. Otherwise the first of the
    ///     kind is, the harmless ones are tried once, and one of the others, another at each call.
    static func all(for counts: [String: Int], isExhaustive: Bool) -> [Fault] {
        counts.sorted { $0.key < $1.key }.flatMap { kind, count -> [Fault] in
            guard let codes = codes[kind] else { return [] }
            return (1...count).flatMap { number -> [Fault] in
                let all = codes.flatMap { code in
                    // Signals don't come for ever.
                    [1, code == EINTR ? 3 : 1_000_000].map {
                        Fault(kind: kind, number: number, code: code, times: $0)
                    }
                }
                guard !isExhaustive else { return all }
                let first = all.filter { $0.code == codes[0] || $0.isHarmless && $0.times == 1 }
                let others = all.filter { $0.code != codes[0] && !$0.isHarmless }
                return first + (others.isEmpty ? [] : [others[number % others.count]])
            }
        }
    }
}
