import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("models, config and doctor")
    struct SetupCommandTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let list =
            #"{"data":[{"id":"big","context_length":163840,"pricing":{"prompt":"0.00000025","completion":"0.000001"}},{"id":"small"}]}"#

        /// The configuration of a provider at a loopback server.
        private func configure(_ server: LoopbackServer, _ more: String = "") throws -> [String: String] {
            let path = sandbox.root.appending(path: "config.json")
            let text =
                #"{"model":"work:big","providers":{"work":{"baseURL":"\#(server.url)/v1","keyVariable":"WORK_KEY"}}\#(more)}"#
            try Data(text.utf8).write(to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.path)
            // No other service is to be asked.
            var environment = Dictionary(uniqueKeysWithValues: Canary.variables.map { ($0, "") })
            environment["SESH_CONFIG"] = path.path
            environment["WORK_KEY"] = "sk-canary-0123456789"
            environment["SESH_MODEL"] = ""
            return environment
        }

        private func listing() throws -> LoopbackServer {
            try LoopbackServer { request, connection in
                guard request.path == "/v1/models" else { return try connection.respond(404, body: "{}") }
                try connection.respond(headers: [("Content-Type", "application/json")], body: Self.list)
            }
        }

        @Test("config edit: the file is made, opened in the editor and checked")
        func edit() async throws {
            let path = sandbox.root.appending(path: "new/config.json").path
            var environment = [
                "SESH_CONFIG": path, "SESH_MODEL": "", "EDITOR": #"f() { printf '{"model":"echo"}' >"$1"; }; f"#,
            ]
            let run = try await sandbox.run("config", "edit", environment: environment)
            #expect(run.status == 0 && run.errors.contains("in order"), "\(run)")
            #expect(try await sandbox.run("chat", "-q", "hi", environment: environment).output == "hi\n")
            environment["EDITOR"] = #"f() { printf '{"model":"echo",}' >"$1"; }; f"#
            let broken = try await sandbox.run("config", "edit", environment: environment)
            #expect(broken.status == 78 && broken.errors.contains("line 1, column 17"), "\(broken)")
        }
    }
}
