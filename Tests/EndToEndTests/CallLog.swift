import Foundation

/// What the interposer wrote down of a program's file calls.
struct CallLog {
    /// A line each: the call's name and its arguments, without the bytes that were written.
    let calls: [[String]]

    /// Reads what has been written down so far; nothing if there is no such file.
    init(_ file: URL) {
        let bytes = (try? Data(contentsOf: file)) ?? Data()
        var calls: [[String]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let call = String(decoding: rest[..<end], as: UTF8.self).components(separatedBy: "\t")
            rest = rest[(end + 1)...]
            // A program that is killed may leave half an entry.
            if ["write", "mark"].contains(call[0]) { rest = rest.dropFirst((Int(call.last ?? "") ?? 0) + 1) }
            calls.append(call)
        }
        self.calls = calls
    }

    /// How many calls of each kind could have been made to fail.
    var counts: [String: Int] {
        calls.reduce(into: [:]) { counts, call in if call[0] == "call" { counts[call[1], default: 0] += 1 } }
    }

    /// The directories that were made and whose entries were never synchronized.
    var unsynchronizedDirectories: [String] {
        var open: [String: String] = [:]
        var waiting: [String] = []
        for call in calls {
            switch call[0] {
            case "open": open[call[1]] = call[2]
            case "mkdir": waiting.append(call[1])
            case "fsync": waiting.removeAll { ($0 as NSString).deletingLastPathComponent == open[call[1]] }
            default: break
            }
        }
        return waiting
    }

    /// Files that were synchronized after that had failed once: the second answer means nothing (fsync(2)).
    ///
    /// A temporary is another file each time it is made.
    var repeatedSynchronizations: [String] {
        var open: [String: String] = [:]
        var failed: Set<String> = []
        var repeated: [String] = []
        for call in calls {
            switch call[0] {
            case "open":
                open[call[1]] = call[2]
                if call[3] == "1", call[2].hasSuffix(".tmp") { failed.remove(call[2]) }
            case "fsync", "fsyncfailed":
                guard let path = open[call[1]] else { continue }
                if failed.contains(path) { repeated.append(path) }
                if call[0] == "fsyncfailed" { failed.insert(path) }
            default: break
            }
        }
        return repeated
    }
}
