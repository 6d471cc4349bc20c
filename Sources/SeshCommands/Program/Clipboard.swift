import Platform
import Terminal
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The person's clipboard: the desktop's own command where this is their machine, else the terminal's (OSC 52).
///
/// Over SSH the commands would fill a clipboard that nobody sees, and inside tmux the terminal hears OSC 52 only if
/// tmux is set to let it through, so that tmux itself is asked there.
package struct Clipboard: Sendable {
    /// A way to the clipboard.
    package enum Way: Equatable, Sendable {
        /// A command that reads the text from its standard input.
        case command([String])
        /// OSC 52; `isInScreen` wraps it for GNU screen.
        case terminal(isInScreen: Bool)
    }

    /// xterm takes no more than about 100,000 bytes of a sequence, and base 64 makes 4 of 3.
    package static let terminalLimit = 74_000

    private let environment: [String: String]
    private let screen: ScreenOutput

    /// Makes a clipboard.
    ///
    /// - Parameters:
    ///   - environment: where the desktop, the multiplexer and `PATH` are found; what the commands see.
    ///   - screen: the terminal.
    package init(environment: [String: String], screen: ScreenOutput) {
        self.environment = environment
        self.screen = screen
    }

    /// Copies a text.
    ///
    /// - Returns: how it was done, as the end of a sentence.
    /// - Throws: `CommandError` if there is no way, or the text is too long for the only one.
    package func copy(_ text: String) async throws -> String {
        for way in Self.ways(environment, isTerminal: screen.isTerminal) {
            switch way {
            case .command(let arguments):
                let child = ChildProgram(arguments, environment: environment)
                let status = try? await child.run(isSilent: true) { pipe in
                    try FileOutput(descriptor: pipe).write(text)
                }
                if status == 0 { return "with \(arguments[0])" }
            case .terminal(let isInScreen):
                guard text.utf8.count <= Self.terminalLimit else {
                    throw CommandError(
                        .failure,
                        "\(text.utf8.count) bytes are more than a terminal takes (\(Self.terminalLimit)); "
                            + "/save writes them to a file.")
                }
                try screen.writeComposed(Self.sequence(text, isInScreen: isInScreen))
                return "through the terminal, if it allows that (OSC 52)"
            }
        }
        throw CommandError(.failure, "There is no way to a clipboard here; /save writes to a file.")
    }

    /// The ways to try, in order.
    ///
    /// - Parameters:
    ///   - environment: the variables.
    ///   - isTerminal: whether there is a terminal to write to.
    package static func ways(_ environment: [String: String], isTerminal: Bool) -> [Way] {
        func isSet(_ name: String) -> Bool { !environment[name, default: ""].isEmpty }
        func isThere(_ name: String) -> Bool { Path.ofProgram(name, environment: environment) != nil }
        var ways: [Way] = []
        if !isSet("SSH_CONNECTION"), !isSet("SSH_TTY") {
            if isThere("pbcopy") { ways.append(.command(["pbcopy"])) }
            if isSet("WAYLAND_DISPLAY"), isThere("wl-copy") { ways.append(.command(["wl-copy"])) }
            if isSet("DISPLAY"), isThere("xclip") { ways.append(.command(["xclip", "-selection", "clipboard"])) }
            if isSet("DISPLAY"), isThere("xsel") { ways.append(.command(["xsel", "--clipboard", "--input"])) }
        }
        // -w sends it on to the outer terminal's clipboard (tmux(1), since 3.2).
        if isSet("TMUX"), isThere("tmux") { ways.append(.command(["tmux", "load-buffer", "-w", "-"])) }
        if isTerminal, environment["TERM"] != "dumb" { ways.append(.terminal(isInScreen: isSet("STY"))) }
        return ways
    }

    /// OSC 52 with the text in base 64 (xterm control sequences, "Manipulate Selection Data").
    ///
    /// - Parameters:
    ///   - text: what to copy.
    ///   - isInScreen: whether to wrap it in device control strings, which GNU screen passes on; it takes 768 bytes at
    ///     once (screen(1), "String Escapes").
    package static func sequence(_ text: String, isInScreen: Bool) -> String {
        let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
        guard isInScreen else { return sequence }
        var rest = sequence[...]
        var wrapped = ""
        while !rest.isEmpty {
            wrapped += "\u{1B}P\(rest.prefix(500))\u{1B}\\"
            rest = rest.dropFirst(500)
        }
        return wrapped
    }
}
