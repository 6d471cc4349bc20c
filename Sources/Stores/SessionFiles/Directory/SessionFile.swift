internal import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionJSON
import SessionKit

/// A session's file, opened for reading: a regular file of this user, nothing else.
struct SessionFile: ~Copyable {
    /// More bytes than this are not read whole, and not written: the file would have to fit into memory.
    static let largest = 4 << 30

    private let id: SessionID
    private let file: OpenFile
    private let size: Int
    private let modified: Date
    private let version: SourceVersion

    /// Opens a session's file.
    ///
    /// - Returns: nil if there is none.
    /// - Throws: `SystemCallError`, and `SessionError` with `unreadable`, naming what is there instead of a file.
    static func open(_ id: SessionID, in folder: borrowing SessionFolder) throws -> SessionFile? {
        do {
            let file = try folder.openFile(id.fileName, .read)
            let status = try file.status()
            return try SessionFile(id, file, status)
        } catch let error as SystemCallError {
            switch error.code {
            case ENOENT: return nil
            case ELOOP: throw notAFile(folder.path(of: id.fileName), "a symbolic link")
            case ENXIO, EOPNOTSUPP: throw notAFile(folder.path(of: id.fileName), "a socket")
            default: throw error
            }
        }
    }

    private init(_ id: SessionID, _ file: consuming OpenFile, _ status: stat) throws(SessionError) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw Self.notAFile(file.path, "a directory")
        case S_IFIFO: throw Self.notAFile(file.path, "a FIFO")
        default: throw Self.notAFile(file.path, "a device")
        }
        guard status.st_uid == User.current else {
            throw SessionError(
                .unreadable, "'\(file.path)' belongs to another user (\(status.st_uid)), so it is not used.")
        }
        self.id = id
        self.file = file
        size = Int(status.st_size)
        modified = status.modified
        version = status.version
    }

    private static func notAFile(_ path: String, _ kind: String) -> SessionError {
        SessionError(.unreadable, "'\(path)' is \(kind), not a session file, so it is not used.")
    }

    /// The error for a change that only a later version can make.
    func newerFormat() -> SessionError {
        SessionError(
            .newerFormat,
            "'\(file.path)' has a newer format than '\(DocumentFormat.current.name)'; "
                + "use a newer version of the program. The file stands as it was.")
    }

    /// Reads and checks the whole document.
    func document() throws -> SessionDocument {
        var document = try whole { bytes throws(DocumentFlaw) in
            try SessionDocument(bytes, id: id, modified: modified)
        }
        document.version = version
        return document
    }

    /// Reads the whole file.
    ///
    /// - Parameter body: makes something of its bytes, or says what is wrong with them.
    private func whole<Result>(_ body: ([UInt8]) throws(DocumentFlaw) -> Result) throws -> Result {
        try checkSize(size)
        if size > Self.small { try checkBeginning() }
        var bytes = try file.read(from: 0, upTo: size)
        // The file may grow under an editor that writes in place.
        while case let more = try file.read(from: bytes.count, upTo: 4096), !more.isEmpty {
            bytes += more
            try checkSize(bytes.count)
        }
        do {
            return try body(bytes)
        } catch {
            throw malformed(error, in: bytes)
        }
    }

    private func malformed(_ flaw: DocumentFlaw, in bytes: [UInt8]) -> SessionError {
        if flaw.isNewer { return newerFormat() }
        let place = flaw.flaw.place(in: bytes)
        let path = flaw.flaw.path.isEmpty ? "" : " (\(flaw.flaw.pathText))"
        return SessionError(
            .malformed,
            "'\(file.path)' is not a session document: line \(place.line), column \(place.column)\(path): "
                + "\(flaw.flaw.problem). The file stands as it was.", cause: nil)
    }

    /// A file of so many bytes is read whole without a look at its beginning.
    private static let small = 1 << 20

    /// Checks that a large file begins like a document and that there is memory to read it whole.
    ///
    /// Swift ends the program where there is not enough.
    private func checkBeginning() throws {
        let head = try file.read(from: 0, upTo: SummaryLine.longest)
        if !SessionDocument.isBeginning(head) {
            do throws(DocumentFlaw) {
                _ = try SessionDocument.summary(of: head, id: id, modified: modified)
            } catch {
                throw malformed(error, in: head)
            }
        }
        // Asked of the kernel: the optimizer takes away a malloc that is only freed.
        let room = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard let room, room != UnsafeMutableRawPointer(bitPattern: -1) else {
            throw SessionError(
                .unreadable, "'\(file.path)' has \(size) bytes, for which there is not enough memory.",
                cause: SystemCallError("mmap", file.path))
        }
        munmap(room, size)
    }

    private func checkSize(_ size: Int) throws(SessionError) {
        guard size > Self.largest else { return }
        throw SessionError(
            .unreadable,
            "'\(file.path)' has \(size) bytes, and a session file has at most \(Self.largest), so it is not used.")
    }

    /// Reads the summary: from the first line alone if it is one, else from the whole document.
    func summary() throws -> SessionSummary {
        let head = try file.read(from: 0, upTo: SummaryLine.longest)
        if let summary = SummaryLine.parse(head, id: id, modified: modified) { return summary }
        return try whole { bytes throws(DocumentFlaw) in
            try SessionDocument.summary(of: bytes, id: id, modified: modified)
        }
    }

    /// Reads the document without its messages but the last, if its layout is the canonical one.
    ///
    /// What is returned is checked as strictly as a whole document; the messages before are not looked at.
    ///
    /// - Parameter count: how many messages, 0 or more.
    /// - Returns: nil if the file has to be read whole: it is short, or not laid out so, or a message names no turn.
    func ending(_ count: Int) throws(SystemCallError) -> SessionDocument? {
        let block = 64 * 1024
        guard size > block,
            let claimed = SummaryLine.parse(
                try file.read(from: 0, upTo: SummaryLine.longest), id: id, modified: modified),
            let header = try header(block)
        else { return nil }
        guard let lines = try lastLines(count, after: header.count, block) else { return nil }
        let bytes = header + lines.bytes + Array((lines.bytes.isEmpty ? "]}\n" : "\n]}\n").utf8)
        guard var document = try? SessionDocument(bytes, id: id, modified: modified),
            // A message on two lines, or two on one, shows in the number.
            lines.areAll || document.messages.count == max(0, count),
            !document.messages.contains(where: \.lacksTurn)
        else { return nil }
        document.summary.messageCount = claimed.messageCount
        return document
    }

    /// What a head or an end may take before reading the file whole is the better way: parts are held twice for a moment.
    private static let longestPart = 16 << 20

    /// How much of the end is looked through for another member behind the messages, whose lines may look like theirs.
    ///
    /// A longer one that somebody puts there by hand would be taken for them until the next write puts it in its place:
    /// to find it, the whole file would have to be read.
    private static let searchedEnd = 256 << 10

    /// Everything up to the line that opens the messages, with that line.
    private func header(_ block: Int) throws(SystemCallError) -> [UInt8]? {
        let mark = Array("\n\"messages\":[\n".utf8)
        var bytes: [UInt8] = []
        var searched = 0
        while bytes.count < min(size, Self.longestPart) {
            let more = try file.read(from: bytes.count, upTo: max(block, bytes.count))
            if more.isEmpty { return nil }
            bytes += more
            // From line break to line break: 20 times as fast as the library's search for a sequence.
            while let place = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")), place + mark.count <= bytes.count {
                if bytes[place...].starts(with: mark) { return Array(bytes[..<(place + mark.count)]) }
                searched = place + 1
            }
            searched = max(searched, bytes.count - mark.count)
        }
        return nil
    }

    /// The first byte of the line that a line break begins.
    private func line(after place: Int, in block: [UInt8], before rest: [UInt8]) -> UInt8? {
        place + 1 < block.count ? block[place + 1] : rest.first
    }

    /// The last lines of the messages, without the line break behind the last, and whether there are no others.
    private func lastLines(
        _ count: Int, after start: Int, _ block: Int
    ) throws(SystemCallError) -> (bytes: [UInt8], areAll: Bool)? {
        let ending = Array("\n]}\n".utf8)
        guard try file.read(from: size - ending.count, upTo: ending.count + 1) == ending else { return nil }
        let end = size - ending.count
        guard count > 0, start < end else { return ([], start >= end) }
        var bytes: [UInt8] = []
        var missing = count
        var unseen = end
        var found: [UInt8]?
        while unseen > start {
            let length = min(max(block, bytes.count), unseen - start)
            let more = try file.read(from: unseen - length, upTo: length)
            guard more.count == length else { return nil }
            unseen -= length
            for place in more.indices.reversed() where more[place] == UInt8(ascii: "\n") {
                // A member that follows the messages: the lines above it may not be theirs.
                if line(after: place, in: more, before: bytes) == UInt8(ascii: "]") { return nil }
                missing -= 1
                if missing == 0 { found = more[(place + 1)...] + bytes }
            }
            bytes = more + bytes
            if let found, end - unseen >= Self.searchedEnd { return (found, false) }
            if bytes.count > Self.longestPart { return nil }
        }
        return found.map { ($0, false) } ?? (bytes, true)
    }
}
