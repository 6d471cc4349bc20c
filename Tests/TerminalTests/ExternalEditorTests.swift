import Foundation
import Testing

@testable import Terminal

@Suite("Editing a text with another program")
struct ExternalEditorTests {
    private func edit(in directory: String) throws -> String? {
        try ExternalEditor(
            command: "cp /dev/null", environment: ["PATH": "/usr/bin:/bin"], temporaryDirectory: directory, input: 0,
            output: 1, signals: nil
        ).edit("secret")
    }

    @Test("A directory in which others could replace the text's is refused, one with the sticky bit is not")
    func sharedDirectory() throws {
        let directory = FileManager.default.temporaryDirectory.path + "/sesh-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for mode in [0o777, 0o775, 0o702] {
            chmod(directory, mode_t(mode))
            let error = #expect(throws: ExternalEditorError.self) { _ = try edit(in: directory) }
            #expect(error?.code == .unsafeDirectory && error?.description.contains("chmod +t") == true)
        }
        chmod(directory, 0o1777)
        #expect(try edit(in: directory) == "")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
    }
}
