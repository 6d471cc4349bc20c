import Foundation
import SeshTestSupport
import Testing

@Suite("Bad session files")
struct BadFileTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test("Bad ones of every kind: each command says which file, and a good session beside them is not disturbed")
    func everyKind() async throws {
        let counts = PromiseCounts("a bad file is an error of every command, and is left as it is")
        try await sandbox.run("chat", "-s", "good", "Hello")
        let good = try Data(contentsOf: sandbox.file("good"))
        let text = String(decoding: good, as: UTF8.self)
        let bad: [(name: String, bytes: Data)] = [
            ("empty", Data()), ("nul", Data(text.replacing("Hello", with: "He\0llo").utf8)),
            ("nuls", Data(count: 4096)), ("mark", Data("\u{FEFF}".utf8) + good),
            ("utf16", text.data(using: .utf16) ?? Data()),
            ("utf16le", text.data(using: .utf16LittleEndian) ?? Data()),
            ("utf32", text.data(using: .utf32) ?? Data()),
            ("latin1", Data(text.replacing("Hello", with: "H\u{E9}llo").unicodeScalars.map { UInt8($0.value) })),
            ("comma", Data(text.replacing("\n]}", with: ",\n]}").utf8)),
            ("twice", Data(text.replacing("\"settings\"", with: "\"id\":\"good\",\"settings\"").utf8)),
            (
                "escaped-twice",
                Data(text.replacing("\"settings\"", with: "\"\\u0069d\":\"good\",\"settings\"").utf8)
            ),
            ("surrogate", Data(text.replacing("Hello", with: "\\ud800").utf8)), ("tail", good + Data("x".utf8)),
            ("two", good + good), ("cut", good.dropLast(5)), ("array", Data("[]".utf8)),
            ("null", Data("null".utf8)),
        ]
        for (name, bytes) in bad { try bytes.write(to: sandbox.file(name)) }
        for (name, bytes) in bad {
            for arguments in [
                ["history", name], ["chat", "-s", name, "x"], ["reset", name], ["history", "--json", name],
            ] {
                let run = try await sandbox.run(arguments)
                let isRight =
                    run.status == 65 && run.output == "" && run.errors.contains("\(name).json")
                    && run.errors.contains(/line \d+, column \d+/)
                #expect(counts.add(isRight), "\(arguments): \(run)")
            }
            #expect(try Data(contentsOf: sandbox.file(name)) == bytes, "\(name) was written to")
        }
        let list = try await sandbox.run("list")
        #expect(list.status == 0)
        #expect(try await sandbox.run("history", "good").status == 0)
        #expect(try Data(contentsOf: sandbox.file("good")) == good)
    }
}
