import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("config edit")
    struct SetupCommandTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

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
