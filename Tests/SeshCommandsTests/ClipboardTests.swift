import Foundation
import Testing

@testable import SeshCommands

@Suite("Ways to the clipboard")
struct ClipboardTests {
    /// A directory with programs of these names.
    private func directory(with programs: String...) throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/sesh-bin-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for name in programs {
            _ = FileManager.default.createFile(
                atPath: "\(path)/\(name)", contents: Data(), attributes: [.posixPermissions: 0o700])
        }
        return path
    }

    @Test("The desktop's command where there is one, the terminal's sequence after it, and never a command over SSH")
    func order() throws {
        let path = try directory(with: "wl-copy", "xclip", "tmux")
        defer { try? FileManager.default.removeItem(atPath: path) }
        func ways(_ more: [String: String], isTerminal: Bool = true) -> [Clipboard.Way] {
            Clipboard.ways(more.merging(["PATH": path, "TERM": "xterm"]) { own, _ in own }, isTerminal: isTerminal)
        }
        #expect(ways([:]) == [.terminal(isInScreen: false)])
        #expect(ways(["WAYLAND_DISPLAY": "w"]) == [.command(["wl-copy"]), .terminal(isInScreen: false)])
        #expect(ways(["DISPLAY": ":0"]).first == .command(["xclip", "-selection", "clipboard"]))
        #expect(ways(["DISPLAY": ":0", "SSH_TTY": "t"]) == [.terminal(isInScreen: false)])
        #expect(ways(["TMUX": "x"]).first == .command(["tmux", "load-buffer", "-w", "-"]))
        #expect(ways(["STY": "x"]) == [.terminal(isInScreen: true)])
        #expect(ways([:], isTerminal: false).isEmpty)
        #expect(ways(["TERM": "dumb"]).isEmpty)
    }

    @Test("The sequence carries the text in base 64; for GNU screen in pieces it passes on")
    func sequence() {
        #expect(Clipboard.sequence("Grüße", isInScreen: false) == "\u{1B}]52;c;R3LDvMOfZQ==\u{7}")
        let wrapped = Clipboard.sequence(String(repeating: "x", count: 2000), isInScreen: true)
        let pieces = wrapped.components(separatedBy: "\u{1B}\\").dropLast()
        #expect(pieces.count > 1 && pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 768 })
        let inner = pieces.map { $0.dropFirst(2) }.joined()
        #expect(inner == Clipboard.sequence(String(repeating: "x", count: 2000), isInScreen: false))
    }
}
