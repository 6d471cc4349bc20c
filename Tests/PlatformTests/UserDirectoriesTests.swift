import Foundation
import Platform
import Testing

@Suite("Where a user's files and programs are")
struct UserDirectoriesTests {
    @Test(
        "A variable names a directory if it is an absolute path; a place below the home directory stands in for others")
    func directories() {
        let directories = UserDirectories(
            environment: ["XDG_DATA_HOME": "/data", "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": ""], home: "/home/a")
        #expect(directories.data == "/data/sesh")
        #expect(directories.configuration == "/home/a/.config/sesh")
        #expect(directories.state == "/home/a/.local/state/sesh")
        #expect(directories.runtime == nil)
    }

    @Test(
        "The home directory stands for a tilde that is all of the first part",
        arguments: [("~", "/h"), ("~/a", "/h/a"), ("~a", "~a"), ("a/~", "a/~"), ("", "")])
    func tilde(path: String, expanded: String) { #expect(UserDirectories.expandingHome(path, home: "/h") == expanded) }

    @Test("A program is a file that may be run, in an absolute entry of PATH")
    func programs() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sesh-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory + "/folder", withIntermediateDirectories: true)
        for (name, mode) in [("tool", 0o700), ("text", 0o600)] {
            _ = FileManager.default.createFile(
                atPath: "\(directory)/\(name)", contents: nil, attributes: [.posixPermissions: mode])
        }
        let environment = ["PATH": "relative:/nowhere:\(directory)"]
        #expect(Path.ofProgram("tool", environment: environment) == directory + "/tool")
        for name in ["text", "folder", "none"] { #expect(Path.ofProgram(name, environment: environment) == nil) }
        #expect(Path.ofProgram("sh", environment: [:]) != nil)
        #expect(Path.isDirectory(directory) && !Path.isFile(directory) && Path.exists(directory))
        #expect(Path.isFile(directory + "/text") && !Path.exists(directory + "/none"))
    }

    @Test("An error says the call, the file and the system's words")
    func errors() {
        #expect(SystemError("openat", "a", code: ENOENT).description == "openat 'a': No such file or directory")
        #expect(SystemError("flock", code: EEXIST).description == "flock: File exists")
        #expect(throws: SystemError("open", code: ENOENT)) { try Descriptor.open("/nowhere/at/all", .read) }
    }
}
