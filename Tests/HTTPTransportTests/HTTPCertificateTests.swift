import Foundation
import HTTPTransport
import Testing

/// Whom a request trusts.
struct HTTPCertificateTests {
    @Test(.enabled(if: TLSServer.isAvailable, "needs the openssl command"))
    func aCertificateThatNobodyVouchesForIsRefused() async throws {
        let server = try TLSServer()
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest(url: "https://localhost:\(server.port)/"))
        }
        #expect(error?.code == .tlsFailed)
        #expect(error?.message.contains("localhost:\(server.port)") == true)
    }
}
