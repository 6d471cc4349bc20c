import ArgumentParser
import ChatModels
import Platform
import SessionFiles
import SessionKit
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The command `sesh doctor`.
struct DoctorCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what sesh needs, and say how to mend what is amiss.",
        discussion: """
            The sessions directory, locks and disk space, or the database, the configuration, keys (which are never shown), the services and \
            the local model. Exits with 0 if all is well, else with 1.
            """)

    func run(in program: Program) async throws {
        var findings = await Self.store(program)
        do {
            let configuration = try program.configuration()
            findings.append(Finding("configuration", program.configurationPath))
            findings += try await Self.services(program, configuration)
        } catch let error as CommandError {
            findings.append(Finding("configuration", error.message, isAmiss: true))
        }
        for finding in findings { try program.output.writeLine(finding.line) }
        if findings.contains(where: \.isAmiss) { throw ReportedFailure(status: .failure) }
    }

    /// What was found of one thing.
    struct Finding {
        let name: String
        let text: String
        var isAmiss = false

        init(_ name: String, _ text: String, isAmiss: Bool = false) {
            self.name = name
            self.text = text
            self.isAmiss = isAmiss
        }

        /// The finding on a line.
        var line: String { "\(isAmiss ? "AMISS" : "ok   ")  \(name): \(text)" }
    }

    private static func store(_ program: Program) async -> [Finding] {
        do {
            let address = try Stores(program).address()
            if case .directory = address { return [sessions(program), await locks(program), space(program)] }
            let page = try await program.manager().list()
            return [Finding("sessions", "\(address.shown): \(sessions(page.total))")]
        } catch {
            return [Finding("sessions", Failure(error).message, isAmiss: true)]
        }
    }

    private static func sessions(_ program: Program) -> Finding {
        let path = program.sessionsDirectory
        var status = stat()
        guard stat(path, &status) == 0 else {
            return errno == ENOENT
                ? Finding("sessions", "\(path) is not there yet; the first session makes it")
                : Finding("sessions", "\(SystemError("stat", path))", isAmiss: true)
        }
        if status.st_uid != User.current {
            return Finding(
                "sessions", "\(path) belongs to another user; name one of your own in SESH_DIR", isAmiss: true)
        }
        // The user's own group is this user alone where umask is 002, as the store judges it.
        if status.st_mode & 0o002 != 0 || status.st_mode & 0o020 != 0 && status.st_gid != getegid() {
            return Finding(
                "sessions", "others can write to \(path): chmod 700 \(Path.quotedForShell(path))", isAmiss: true)
        }
        guard access(path, W_OK | X_OK) == 0 else {
            return Finding(
                "sessions", "\(path) can't be written to: chmod 700 \(Path.quotedForShell(path))", isAmiss: true)
        }
        return Finding("sessions", path)
    }

    private static func locks(_ program: Program) async -> Finding {
        do {
            let page = try await program.manager().list()
            let bad = page.entries.filter { if case .unreadable = $0 { true } else { false } }
            guard bad.isEmpty else {
                let names = bad.prefix(5).map(\.id.rawValue).joined(separator: ", ")
                return Finding(
                    "files", "\(bad.count) of \(page.total) can't be read (\(names)); 'sesh history ID' says why",
                    isAmiss: true)
            }
            let path = program.sessionsDirectory + "/.locks"
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path), let first = names.first else {
                return Finding("files", "\(sessions(page.total)) can be read; nobody has a lock")
            }
            let file = open(path + "/" + first, O_RDONLY | O_CLOEXEC)
            defer { if file >= 0 { close(file) } }
            guard file >= 0, flock(file, LOCK_SH | LOCK_NB) == 0 || errno == EWOULDBLOCK else {
                return Finding(
                    "files",
                    "this file system knows no locks (\(SystemError("flock").reason)); put SESH_DIR on another",
                    isAmiss: true)
            }
            return Finding("files", "\(sessions(page.total)) can be read, locks work")
        } catch {
            return Finding("files", Failure(error).message, isAmiss: true)
        }
    }

    private static func sessions(_ count: Int) -> String { count == 1 ? "1 session" : "\(count) sessions" }

    private static func space(_ program: Program) -> Finding {
        var path = program.sessionsDirectory
        while access(path, F_OK) != 0, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            path = String(path[..<slash])
        }
        var status = statvfs()
        guard statvfs(path, &status) == 0 else {
            return Finding("disk", "\(SystemError("statvfs", path))", isAmiss: true)
        }
        let free = (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
        // A session is written beside its old file before that goes.
        return free < 100
            ? Finding("disk", "only \(free) MB are free at \(path); make room", isAmiss: true)
            : Finding("disk", "\(free) MB are free at \(path)")
    }

    private static func services(_ program: Program, _ configuration: Configuration) async throws -> [Finding] {
        let catalog = program.catalog(configuration)
        let selection = ModelSelection(program: program, configuration: configuration, catalog: catalog)
        var findings: [Finding] = []
        do {
            let reference = try selection.reference(flag: nil, session: nil)
            _ = try catalog.model(for: reference)
            findings.append(Finding("model", "\(reference)"))
        } catch {
            findings.append(Finding("model", Failure(error).message, isAmiss: true))
        }
        findings.append(
            Finding(
                "local model",
                catalog.isLocalModelInstalled
                    ? "installed" : "not installed; 'sesh install-local-model' does, and nothing else needs it"))
        for list in try await catalog.models() where list.provider != "local" {
            findings.append(
                Finding(
                    list.provider, list.error?.description ?? "\(list.models.count) models", isAmiss: list.error != nil)
            )
        }
        return findings
    }
}
