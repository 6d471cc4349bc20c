import Foundation
import Terminal
import Testing

final class HistoryFileTests {
    let path: String

    init() { path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @Test(arguments: ["one", "two\nlines\n\nand a blank", "back\\slash \\n", "\\", "cr\r\nlf", "日本 👩‍👩‍👧", "e\u{301}"])
    func `An entry is loaded as it was`(entry: String) throws {
        #expect(HistoryFile(path: path).append(entry))
        let loaded = try #require(HistoryFile(path: path).load().first)
        #expect(Array(loaded.utf8) == Array(entry.utf8))
    }

    @Test func `Only the owner may read the file`() throws {
        HistoryFile(path: path).append("secret")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `No duplicates in a row, no blank lines and none that begin with a space`() {
        let file = HistoryFile(path: path)
        for entry in ["a", "a", "", " private", "\n", "b", "a"] { file.append(entry) }
        #expect(file.load() == ["a", "b", "a"])
    }

    @Test func `The latest entries are kept up to the limit`() throws {
        let file = HistoryFile(path: path, limit: 10)
        for number in 0..<95 { file.append("entry \(number)") }
        #expect(file.load() == (85..<95).map { "entry \($0)" })
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count <= 20)
    }

    @Test func `Bad lines are ignored and the next entry stays whole`() throws {
        try Data("good\nbad \\x\n\u{FFFD}".utf8 + [0xFF, 0x0A] + "cut short\\".utf8).write(to: URL(filePath: path))
        let file = HistoryFile(path: path)
        file.append("new")
        #expect(file.load() == ["good", "new"])
    }

    @Test func `Concurrent writers lose nothing`() async {
        let file = HistoryFile(path: path, limit: 100)
        await withTaskGroup { group in
            for writer in 0..<8 {
                group.addTask { for entry in 0..<20 { #expect(file.append("\(writer) \(entry)")) } }
            }
        }
        #expect(Set(HistoryFile(path: path, limit: 1000).load()).count == 160)
    }

    @Test func `A link in its place is not followed and a FIFO does not hang`() throws {
        let target = path + ".target"
        defer { try? FileManager.default.removeItem(atPath: target) }
        try Data("x\n".utf8).write(to: URL(filePath: target))
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        #expect(!HistoryFile(path: path).append("a"))
        try FileManager.default.removeItem(atPath: path)
        mkfifo(path, 0o600)
        #expect(!HistoryFile(path: path).append("a"))
        #expect(HistoryFile(path: path).load().isEmpty)
    }
}
