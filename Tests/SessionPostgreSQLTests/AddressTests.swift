import SessionKit
import SessionSQL
import Testing

@testable import SessionPostgreSQL

@Suite("Where a PostgreSQL database is")
struct AddressTests {
    @Test("hosts are on this machine only if every one is a socket, localhost or a loopback address")
    func knowsLocalHosts() {
        for hosts in [
            "", "/run/postgresql", "@abstract", "localhost", "127.0.0.1", "127.9.8.7", "::1", "localhost,/run",
        ] {
            #expect(PostgreSQLAddress.isLocal(hosts), "\(hosts)")
        }
        for hosts in [
            "db", "localhost.example.com", "127.0.0.1.example.com", "127.example", "127.1", "10.0.0.1", "localhost,db",
            "::2",
            "127.0.0.256",
        ] {
            #expect(!PostgreSQLAddress.isLocal(hosts), "\(hosts)")
        }
    }

    @Test(
        "a server elsewhere is not spoken to unless its certificate is checked",
        arguments: ["disable", "require", "verify-ca"])
    func demandsCertificates(mode: String) async throws {
        // 192.0.2.0/24 is for documentation (RFC 5737): nobody answers there.
        let store = PostgreSQLStore(url: "postgres://192.0.2.1/x?sslmode=\(mode)&connect_timeout=1")
        let error = await #expect(throws: SessionError.self) { try await store.ids() }
        #expect(error?.code == .storeMisconfigured && error?.message.contains("verify-full") == true)
    }

    @Test("a library that is not there is named with the package to install")
    func namesThePackage() {
        let error = #expect(throws: SessionError.self) { try PostgreSQLLibrary.load(names: ["libnothing.so.9"]) }
        #expect(error?.code == .storeMisconfigured && error?.message.contains("apt-get install libpq5") == true)
    }

    @Test("the reason why a connection was refused is read from libpq's words")
    func readsStates() {
        let words = "connection to server on socket \"/tmp/.s.PGSQL.5432\" failed: FATAL:  28P01: password refused"
        guard case .refused("28P01", let said) = PostgreSQLFailure(connecting: words) else {
            Issue.record("no SQLSTATE")
            return
        }
        #expect(said == "password refused")
        for words in ["root certificate file \"/x/root.crt\" does not exist", "SSL error: certificate verify failed"] {
            let error = PostgreSQLFailure(connecting: "connection to server at \"db\" failed: " + words)
                .error(of: "postgres://db/x", isChange: false)
            #expect(error.code == .storeRefused && error.message.contains("sslrootcert"))
        }
        guard case .lost = PostgreSQLFailure(connecting: "could not connect: Connection refused") else {
            Issue.record("a SQLSTATE where there is none")
            return
        }
    }
}

@Test(
    "A commit is acknowledged once it is on the server's disk, whatever the user's configuration says",
    .enabled(if: PostgreSQLServer.programs != nil, "PostgreSQL's server is not installed: apt-get install postgresql"))
func raisesSynchronousCommit() async throws {
    let server = try PostgreSQLServer.shared.get()
    let url = try await server.makeUser()
    let user = try #require(url.split(separator: "@").first?.split(separator: "/").last)
    for (configured, wanted) in [("off", "on"), ("local", "on"), ("on", "on"), ("remote_apply", "remote_apply")] {
        try await server.run("ALTER ROLE \(user) SET synchronous_commit = \(configured)")
        let connection = try PostgreSQLConnection(PostgreSQLAddress(url), password: nil, patience: .seconds(5))
        connection.begin(writing: true)
        let rows = try connection.run("SHOW synchronous_commit", [])
        #expect(rows.first?.text(0) == wanted)
    }
}
