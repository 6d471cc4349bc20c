import SessionKitTesting
import Foundation
import SeshTestSupport
import SessionFiles
import Testing

@Suite("The file format as documented")
struct FileFormatTests {
    /// Prints the first reason why a file does not fit, and how many files were checked.
    private static let validator = """
        import json, pathlib, sys, jsonschema
        schema = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
        files = sorted(pathlib.Path(sys.argv[2]).glob("**/*.json"))
        for file in files:
            for error in schema.iter_errors(json.load(open(file))):
                sys.exit(print(file.name, list(error.path), error.message) or 0)
        print(len(files))
        """

    @Test("every file that the store's contract leaves fits the schema", .thorough)
    func schema() async throws {
        try await TemporaryDirectory.with { directory in
            for (number, rule) in SessionStoreContract.rules.enumerated() {
                let path = directory.path("\(number)")
                let clock = SettableClock()
                try await rule.check(
                    SessionStoreContract(
                        clock, store: JSONDirectoryStore(path: path, now: clock.now),
                        elsewhere: JSONDirectoryStore(path: path, now: clock.now)))
            }
            let printed = try Command([
                // Debian's own Python: its package of the validator is not seen by others.
                "PATH=/usr/bin:/usr/local/bin:/opt/homebrew/bin", "python3", "-c", Self.validator, schemaPath(),
                directory.root,
            ]).run()
            let report = String(decoding: try #require(printed), as: UTF8.self)
            let count = try #require(Int(report.trimmingCharacters(in: .whitespacesAndNewlines)), "\(report)")
            #expect(count > SessionStoreContract.rules.count / 2)
        }
    }

    private func schemaPath() -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.path + "/Sources/Stores/SessionFiles/SessionFiles.docc/session.schema.json"
    }
}
