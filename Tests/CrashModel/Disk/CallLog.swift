import Foundation

/// Reads what the interposer wrote down.
struct CallLog {
    private let bytes: [UInt8]
    private let root: [UInt8]
    private var position = 0

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - path: the log.
    ///   - root: the directory that was watched.
    /// - Returns: the calls in their order.
    static func read(_ path: String, root: String) throws -> [Call] {
        var log = CallLog(bytes: Array(try Data(contentsOf: URL(filePath: path))), root: Array(root.utf8))
        var calls: [Call] = []
        while let line = log.line() {
            if let call = try log.call(line) { calls.append(call) }
        }
        return calls
    }

    private init(bytes: [UInt8], root: [UInt8]) {
        self.bytes = bytes
        self.root = root
    }

    private mutating func line() -> [String]? {
        guard position < bytes.count else { return nil }
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        defer { position = end + 1 }
        return bytes[position..<end].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private mutating func call(_ line: [String]) throws -> Call? {
        func number(_ place: Int) throws -> Int {
            guard line.indices.contains(place), let number = Int(line[place]) else { throw unknown(line) }
            return number
        }
        func path(_ place: Int) throws -> String {
            guard line.indices.contains(place), line[place].utf8.starts(with: root) else { throw unknown(line) }
            return String(decoding: line[place].utf8.dropFirst(root.count), as: UTF8.self)
        }
        switch line[0] {
        // What was tried, whether or not it worked, and what changes nothing that counts.
        case "call", "fsyncfailed", "chmod": return nil
        case "open":
            return .open(
                file: try number(1), path: try path(2), creates: try number(3) != 0, truncates: try number(4) != 0)
        case "close": return .close(file: try number(1))
        case "seek": return .seek(file: try number(1), place: try number(2))
        case "write": return .write(file: try number(1), bytes: payload(try number(2)))
        case "truncate": return .truncate(file: try number(1), length: try number(2))
        case "fsync": return .sync(file: try number(1))
        case "rename": return .rename(from: try path(1), to: try path(2))
        case "link": return .link(from: try path(1), to: try path(2))
        case "unlink": return .unlink(try path(1))
        case "mkdir": return .makeDirectory(try path(1))
        case "mark": return .mark(try JSONDecoder().decode(Mark.self, from: Data(payload(try number(2)))))
        default: throw unknown(line)
        }
    }

    private mutating func payload(_ count: Int) -> [UInt8] {
        defer { position += count + 1 }
        return Array(bytes[position..<min(position + count, bytes.count)])
    }

    private func unknown(_ line: [String]) -> CrashModelError {
        CrashModelError("The log of calls has a line that is none: \(line.joined(separator: " "))")
    }
}
