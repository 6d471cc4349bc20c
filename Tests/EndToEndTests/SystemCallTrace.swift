import Foundation

/// What a run of the program asked the system to do with files, as strace(1) saw it.
struct SystemCallTrace: Sendable {
    /// A call that names a file, or changes one that is open.
    struct Call: Sendable, CustomStringConvertible {
        /// The call: `openat`.
        let name: String
        /// Its arguments as strace prints them.
        let arguments: String
        /// The files it names, absolute; what an open descriptor stands for is without links.
        let paths: [String]
        /// What was opened, links followed; nil if nothing was.
        let opened: String?

        var description: String { "\(name)(\(arguments))" }

        /// Whether it is one that makes, changes or removes a file rather than looks at one.
        var isChange: Bool {
            switch name {
            case "open", "openat", "openat2":
                arguments.contains(/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/)
            case "stat", "lstat", "fstat", "statx", "newfstatat", "access", "faccessat", "faccessat2", "readlink",
                "readlinkat", "execve", "execveat", "chdir", "fchdir", "getcwd", "statfs", "fstatfs", "getxattr",
                "lgetxattr", "listxattr", "inotify_add_watch", "connect":
                false
            default: true
            }
        }

        /// The permissions with which it makes a file or directory; nil if it makes none.
        var creationMode: Int? {
            let isCreation =
                ["mkdir", "mkdirat", "mknod", "mknodat", "creat"].contains(name) || arguments.contains("O_CREAT")
            guard isCreation, let mode = arguments.firstMatch(of: /.*, (?:S_IF[A-Z]+\|)?(0[0-7]*)/)?.1 else {
                return nil
            }
            return Int(mode, radix: 8)
        }
    }

    /// Whether programs can be watched here: strace is installed and ptrace(2) allowed.
    static let isPossible: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["strace", "-f", "-o", "/dev/null", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Where the trace is kept.
    private let directory: URL

    /// A place for a trace.
    ///
    /// - Parameter root: the directory below which it is kept.
    init(below root: URL) throws {
        directory = root.appending(path: "trace-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    /// The command line that runs a program, all its threads and all its children and writes down their calls.
    func command(_ arguments: [String]) -> [String] {
        // A file for each thread: in one for all a call can be cut in two by another's. -y resolves descriptors.
        [
            "strace", "-ff", "-qq", "-y", "-s", "4096", "-e", "signal=none", "-e",
            "trace=%file,fchmod,fchown,ftruncate,bind,fsetxattr,fremovexattr", "-o",
            directory.appending(path: "calls").path,
        ] + arguments
    }

    /// The calls, thread by thread.
    func calls() throws -> [Call] {
        let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        return try files.flatMap { file in
            String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n").compactMap(Self.call)
        }
    }

    private static func call(_ line: Substring) -> Call? {
        guard let match = line.wholeMatch(of: /([a-z0-9_]+)\((.*)\)\s+= (?:\d+<(.*)>|.*)/) else { return nil }
        let arguments = String(match.2)
        return Call(
            name: String(match.1), arguments: arguments, paths: paths(in: arguments),
            opened: match.3.map(String.init))
    }

    /// The files named in a call: a directory's descriptor and a name relative to it, a name by itself, or an open file.
    private static func paths(in arguments: String) -> [String] {
        var paths: [String] = []
        for match in arguments.matches(of: /(?:(?:AT_FDCWD|\d+)<([^>]*)>)?(?:, )?(?:"((?:[^"\\]|\\.)*)")?/) {
            switch (match.1.map(String.init), match.2.map(String.init)) {
            case (nil, nil): continue
            case (let base?, nil): paths.append(base)
            case (let base, let name?): paths.append(name.hasPrefix("/") ? name : (base ?? "") + "/" + name)
            }
        }
        return paths
    }
}
