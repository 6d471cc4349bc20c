import Foundation
import SeshTestSupport
import Testing

@testable import SeshCommands

@Suite("Answers as they are written to a terminal")
final class AnswerPrinterTests {
    private let terminal: PseudoTerminal
    private let path = FileManager.default.temporaryDirectory.appending(path: "sesh-\(UUID().uuidString).out").path
    private let descriptor: Int32

    init() throws {
        terminal = try PseudoTerminal()
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// What an answer in pieces looks like on the terminal; it is written to a file, which needs no reader.
    private func shown(_ pieces: [String], isRaw: Bool) throws -> [UInt8] {
        ftruncate(descriptor, 0)
        lseek(descriptor, 0, SEEK_SET)
        let screen = ScreenOutput(descriptor: terminal.slave, allowsColour: true).redirected(to: descriptor)
        try #require(screen.isTerminal)
        var printer = AnswerPrinter(output: screen, isRaw: isRaw)
        for piece in pieces { try printer.write(piece) }
        try printer.finish()
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    @Test(
        "Hostile text is shown the same wherever it is cut, and with no control but line ends, tabs and styles",
        arguments: [false, true])
    func cuttings(isRaw: Bool) throws {
        let text = HostileText.text(length: 500, seed: 1)
        let scalars = Array(text.unicodeScalars)
        let whole = try shown([text], isRaw: isRaw)
        #expect(try shown(scalars.map { String($0) }, isRaw: isRaw) == whole)
        for cut in scalars.indices {
            let pieces = [scalars[..<cut], scalars[cut...]].map { String(String.UnicodeScalarView($0)) }
            #expect(try shown(pieces, isRaw: isRaw) == whole, "cut at \(cut)")
        }
        let plain = String(decoding: whole, as: UTF8.self).replacing(/\u{1B}\[[0-9;]+m/, with: "")
        #expect(
            !plain.unicodeScalars.contains { HostileText.controls.contains($0) && !" \n\t".unicodeScalars.contains($0) }
        )
        #expect(!isRaw || plain.unicodeScalars.count { $0 == "␛" } == scalars.count { $0 == "\u{1B}" })
    }

    @Test("Off a terminal a piece waits for the next one, and the last goes out with its line break in one write")
    func held() throws {
        let pipe = Pipe()
        let reader = pipe.fileHandleForReading
        var printer = AnswerPrinter(
            output: ScreenOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor, allowsColour: false),
            isRaw: false)
        // What is written after a mark is read up to that mark: nothing has to be waited for.
        func written() throws -> String {
            try pipe.fileHandleForWriting.write(contentsOf: Data("|".utf8))
            return String(decoding: reader.availableData, as: UTF8.self)
        }
        try printer.write(" ")
        try printer.write("one")
        #expect(try written() == "|")
        try printer.write(" two\n")
        #expect(try written() == " one|")
        try printer.write("\n")
        #expect(try written() == " two|")
        try printer.write("three\n")
        #expect(try written() == "|")
        var unsaved = printer
        try printer.finish()
        #expect(try written() == "\n\nthree\n|")
        try unsaved.breakOff()
        #expect(try written() == "\n\nthree|")
    }
}
