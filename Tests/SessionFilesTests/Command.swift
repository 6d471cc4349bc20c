import Foundation

/// A program that a test pipes bytes through.
struct Command {
    private let arguments: [String]

    init(_ arguments: [String]) { self.arguments = arguments }

    /// Runs it.
    ///
    /// - Returns: what it printed; nil if there is no such program or it failed.
    func run(_ input: [UInt8] = []) throws -> [UInt8]? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        // A file, since a pipe that nobody reads yet could fill.
        let path = FileManager.default.temporaryDirectory.path + "/sesh-input-\(UUID().uuidString)"
        try Data(input).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        process.standardInput = FileHandle(forReadingAtPath: path)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? [UInt8](printed) : nil
    }
}
