import Foundation
import SeshTestSupport

/// Runs this program again, as a driver whose system calls are written down.
struct DriverProcess: Sendable {
    /// What writes them down.
    let interposer: Interposer

    /// Runs a driver.
    ///
    /// - Parameters:
    ///   - arguments: what it is to do.
    ///   - root: the directory that is watched.
    ///   - log: where the calls go.
    ///   - fault: which calls fail; nil for none.
    /// - Returns: the calls.
    func run(_ arguments: [String], root: String, log: String, fault: String? = nil) throws -> [Call] {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            interposer.environment(root: root, log: log, fault: fault)
        ) { $1 }
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CrashModelError("The driver \(arguments) ended with \(process.terminationStatus).")
        }
        return try CallLog.read(log, root: root)
    }
}
