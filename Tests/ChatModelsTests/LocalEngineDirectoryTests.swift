import Foundation
import Testing

@testable import ChatModels
@testable import LocalEngine

/// Where sockets may be.
struct LocalEngineDirectoryTests {
    @Test("the directory is made for its owner alone")
    func isPrivate() async throws {
        try await LocalEngineFixture.use { fixture in
            let directory = try LocalEngineDirectory(fixture.configuration)
            #expect(directory.path == fixture.runtime.path + "/sesh")
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.path)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test("a directory that is open to others is refused, with the command that mends it")
    func refusesOpenDirectory() async throws {
        try await LocalEngineFixture.use { fixture in
            let path = try LocalEngineDirectory(fixture.configuration).path
            try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
            let error = #expect(throws: LocalEngineError.self) { try LocalEngineDirectory(fixture.configuration) }
            #expect(error?.code == .unsafeDirectory)
            #expect(error?.message.contains("chmod 700 \(path)") == true)
        }
    }

    @Test("a link in the directory's place is refused")
    func refusesLink() async throws {
        try await LocalEngineFixture.use { fixture in
            try FileManager.default.createSymbolicLink(
                atPath: fixture.runtime.path + "/sesh", withDestinationPath: fixture.directory.path)
            let error = #expect(throws: LocalEngineError.self) { try LocalEngineDirectory(fixture.configuration) }
            #expect(error?.code == .unsafeDirectory)
        }
    }

    @Test("a runtime directory too long for a socket's path is passed over")
    func avoidsLongPath() async throws {
        try await LocalEngineFixture.use { fixture in
            let long = fixture.directory.path + "/" + String(repeating: "x", count: 90)
            try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
            var configuration = fixture.configuration
            configuration.environment["XDG_RUNTIME_DIR"] = long
            #expect(try LocalEngineDirectory(configuration).path == "/tmp/sesh-\(getuid())")
        }
    }
}
