import Foundation

extension Sandbox {
    /// Makes a directory on a file system in memory, or in the sandbox where there is none; the caller removes it.
    ///
    /// For tests that synchronize thousands of times: what they are about is the calls, not the disk.
    func directoryInMemory() throws -> URL {
        let memory = URL(filePath: "/dev/shm")
        let parent = FileManager.default.isWritableFile(atPath: memory.path) ? memory : root
        let directory = parent.appending(path: "sesh-test-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory
    }
}
