import SeshTestSupport
import Foundation
import Testing

/// An `openssl s_server` on 127.0.0.1 that writes down what it is sent and answers nothing.
final class CertificateServer {
    /// What is wrong with its certificate.
    enum Certificate: String, CaseIterable {
        /// Nothing: for `localhost`, by the test's authority.
        case good
        /// It was good until yesterday.
        case expired
        /// It vouches for itself.
        case selfSigned
        /// It is for another host.
        case wrongName
        /// It is by an authority that nobody knows.
        case unknownAuthority
    }

    /// Whether there are such servers here.
    static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let received: URL

    /// Makes the authorities and every certificate in a directory, once.
    static func makeCertificates(in directory: URL) throws {
        let script = """
            set -e
            key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
            for name in authority unknown; do
                openssl req -x509 $key -subj "/CN=$name" -keyout $name.key -out $name.pem -days 2
            done
            make() { # NAME HOST AUTHORITY DAYS
                openssl req $key -subj "/CN=$2" -keyout "$1.key" -out "$1.csr"
                printf 'subjectAltName=DNS:%s\\n' "$2" >"$1.ext"
                openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -CAcreateserial -days "$4" \\
                    -extfile "$1.ext" -out "$1.pem"
            }
            make good localhost authority 2
            make expired localhost authority -1
            make wrongName elsewhere.example authority 2
            make unknownAuthority localhost unknown 2
            openssl req -x509 $key -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout selfSigned.key \\
                -out selfSigned.pem -days 2
            """
        let maker = Process()
        maker.executableURL = URL(filePath: "/bin/sh")
        maker.arguments = ["-c", script]
        maker.currentDirectoryURL = directory
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        guard maker.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    init(_ certificate: Certificate, in directory: URL) async throws {
        received = directory.appending(path: "\(Canary.source)received-\(certificate)")
        try Data().write(to: received)
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-key", directory.appending(path: "\(certificate).key").path, "-cert",
            directory.appending(path: "\(certificate).pem").path,
        ]
        // It ends at the end of its input.
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: received)
        process.standardError = FileHandle.nullDevice
        try process.run()
        var found: Int?
        try await eventually("openssl does not listen") { [received] in
            let said = try String(contentsOf: received, encoding: .utf8)
            found = said.firstMatch(of: /ACCEPT 127\.0\.0\.1:(\d+)\n/).flatMap { Int($0.1) }
            return found != nil
        }
        port = found ?? 0
    }

    /// What it has been sent, among what it says itself.
    var log: String { String(decoding: (try? Data(contentsOf: received)) ?? Data(), as: UTF8.self) }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
