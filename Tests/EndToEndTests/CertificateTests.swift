import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Certificates: no key before the server has shown who it is", .enabled(if: CertificateServer.isAvailable))
    struct CertificateTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// Runs the program where the test's authority is the only one that is trusted.
        ///
        /// libcurl reads the system's bundle only, so a mount of this process's own stands in its place.
        private func trusting(_ arguments: [String], _ environment: [String: String]) async throws -> Sandbox.Run {
            let script = "mount --bind authority.pem /etc/ssl/certs/ca-certificates.crt && exec \"$0\" \"$@\""
            return try await sandbox.start(
                ["-m", "/bin/sh", "-c", script, Sandbox.binary] + arguments, program: "/usr/bin/unshare",
                environment: environment
            ).finish()
        }

        private func isMountable() async throws -> Bool {
            let bundle = "/etc/ssl/certs/ca-certificates.crt"
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/unshare") else { return false }
            return try await sandbox.start(
                ["-m", "/bin/sh", "-c", "mount --bind authority.pem \(bundle)"], program: "/usr/bin/unshare"
            ).finish().status == 0
        }

        @Test("Expired, self-signed, for another host, by nobody known: refused; by a trusted authority: taken")
        func everyCertificate() async throws {
            try CertificateServer.makeCertificates(in: sandbox.root)
            let isMountable = try await isMountable()
            if !isMountable { print("NOT TESTED: a trusted authority, since this user can't mount") }
            let counts = PromiseCounts("a bad certificate is refused before the key is sent")
            let configuration = try sandbox.configure(#"{"providers":{"openai":{"firstByteTimeout":1}}}"#)
            for certificate in CertificateServer.Certificate.allCases {
                let server = try await CertificateServer(certificate, in: sandbox.root)
                let arguments = ["chat", "-s", "\(certificate)", "Precious"]
                let environment = configuration.merging([
                    "OPENAI_BASE_URL": "https://localhost:\(server.port)/v1", "OPENAI_API_KEY": Canary.key,
                    "SESH_MODEL": "openai:x",
                ]) { $1 }
                if certificate != .good {
                    let runs = [
                        try await sandbox.start(arguments, environment: environment).finish(),
                        isMountable ? try await trusting(arguments, environment) : nil,
                    ].compactMap { $0 }
                    for run in runs {
                        #expect(run.status == 69 && run.errors.contains("certificate"), "\(certificate): \(run)")
                        #expect(run.output == "", "\(certificate): \(run)")
                        #expect(!server.log.contains(Canary.key) && !server.log.contains("POST"), "\(certificate)")
                        counts.add(run.status == 69 && !server.log.contains(Canary.key))
                    }
                } else if isMountable {
                    // The other way round too, or the refusals would prove nothing.
                    let run = try await trusting(arguments, environment)
                    #expect(run.status == 69 && !run.errors.contains("certificate"), "\(run)")
                    #expect(server.log.contains("Bearer " + Canary.key), "the trusted server was not asked: \(run)")
                }
            }
        }
    }
}
