import ArgumentParser
import Platform
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The command `sesh install-local-model`: runs the script that was installed with the program, or the checkout's.
struct InstallLocalModelCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "install-local-model", abstract: "Install the model that needs no account.",
        discussion: "It needs Python 3.10 or later with pip, and downloads up to 127 MB into ~/.local/share/sesh.")

    @Flag(help: "Install nothing: exit with 0 if it is installed, else with 1.")
    var check = false

    func run(in program: Program) async throws {
        let places = Self.places(of: try Self.executable())
        guard let script = places.first(where: { Path.isProgram($0) }) else {
            throw CommandError(
                .failure, "What installs the local model is missing: \(places.joined(separator: ", ")).")
        }
        let environment = program.childEnvironment(try program.configuration())
        do {
            try ChildProcess.become(script, check ? ["--check"] : [], environment: environment)
        } catch {
            throw CommandError(.failure, "\(script) can't be started: \(error.reason).")
        }
    }

    /// Where the script may be: installed beside the program, or in the checkout that the program was built in.
    ///
    /// - Parameter executable: the program's path, without symbolic links.
    static func places(of executable: String) -> [String] {
        let parts = executable.split(separator: "/", omittingEmptySubsequences: false)
        let prefix = parts.dropLast(2).joined(separator: "/")
        let checkout = parts.lastIndex(of: ".build").map { parts[..<$0].joined(separator: "/") }
        return ["\(prefix)/libexec/sesh/install-local-model"]
            + (checkout.map { ["\($0)/Scripts/install-local-model"] } ?? [])
    }

    private static func executable() throws -> String {
        #if canImport(Darwin)
            return (Bundle.main.executableURL ?? URL(filePath: "/")).resolvingSymlinksInPath().path
        #else
            return try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #endif
    }
}
