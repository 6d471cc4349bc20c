import Foundation

/// An `openssl s_server` on 127.0.0.1 with a certificate that it signed itself.
final class TLSServer {
    let port: Int
    private let process = Process()
    private let directory: SocketDirectory

    private static let openssl = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Whether such a server can be started here.
    static var isAvailable: Bool { openssl != nil }

    init() throws {
        let executable = URL(fileURLWithPath: try Self.openssl ?? { throw CocoaError(.fileNoSuchFile) }())
        directory = try SocketDirectory()
        let key = directory.path + "/key.pem"
        let certificate = directory.path + "/certificate.pem"
        let maker = Process()
        maker.executableURL = executable
        maker.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out",
            certificate,
        ]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()

        let output = Pipe()
        process.executableURL = executable
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate, "-www",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says "ACCEPT 127.0.0.1:PORT" once it listens.
        var said = ""
        var found: Int?
        while found == nil {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw CocoaError(.fileReadUnknown) }
            said += String(decoding: data, as: UTF8.self)
            found = said.firstMatch(of: /ACCEPT 127\.0\.0\.1:(\d+)\n/).flatMap { Int($0.1) }
        }
        port = found ?? 0
    }

    deinit {
        // A child starts with the signal mask of the thread that spawned it, and the threads that run tasks
        // block SIGTERM.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
