import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    /// The power goes while the program works, and the disk is looked at when it is back.
    ///
    /// Two kinds of disk. One keeps each write that it has reported as done. The other has a cache that is lost, and keeps
    /// for certain only what was there when it was last told to flush it, of the rest whatever it got round to writing:
    /// it is a file on a disk of the first kind, whose own file system's page cache is the cache; the loop device makes
    /// an fsync(2) of that file from the flush.
    @Suite("The power goes", .enabled(if: DiskImage.obstacle == nil, "\(DiskImage.obstacle ?? "")"))
    struct PowerCutTests {
        /// What was on the disk's file at one moment, and what has to be found on it.
        private struct Cut: Sendable {
            let image: String
            let acknowledged: DiskWorkload.Progress
            let begun: DiskWorkload.Progress
        }

        let sandbox: Sandbox
        let memory: MemoryDirectory

        init() throws {
            sandbox = try Sandbox()
            memory = try MemoryDirectory()
        }

        /// How many times the power goes for each kind of disk: 10, or what `SESH_CUTS` says.
        static let cuts = ProcessInfo.processInfo.environment["SESH_CUTS"].flatMap { Int($0) } ?? 10

        @Test(
            "Every acknowledged change is there when the power is back, and none is half done",
            arguments: FileSystem.allCases, [false, true])
        func cuts(fileSystem: FileSystem, losesCache: Bool) async throws {
            try DiskImage.require(fileSystem)
            // Its copies of a file share the blocks.
            try DiskImage.require(.xfs)
            let counts = PromiseCounts(
                "power cut, \(fileSystem)\(losesCache ? " on a disk that loses its cache" : ""): what was acknowledged is there"
            )
            for batch in 0..<(Self.cuts + 49) / 50 {
                let number = min(50, Self.cuts - 50 * batch)
                let failures = try await cutPower(fileSystem, losesCache: losesCache, times: number)
                counts.add(number, failures: failures.count)
                #expect(failures.isEmpty, "\(failures)")
            }
        }

        private func cutPower(_ fileSystem: FileSystem, losesCache: Bool, times: Int) async throws -> [String] {
            let shelf = try DiskImage(.xfs, size: 4096, in: memory.path, name: "shelf")
            let lower = losesCache ? try DiskImage(.ext4, size: 400, in: shelf.path, name: "lower") : nil
            let disk = try DiskImage(fileSystem, in: lower?.path ?? shelf.path, name: "disk")
            // It is the disk's past that is cut off, not its making.
            try DiskImage.shell("sync -f $1; sync -f $2", disk.path, lower?.path ?? disk.path)
            let workload = DiskWorkload(
                environment: sandbox.environment(["SESH_DIR": disk.path + "/sessions"]), scratch: memory.path)
            async let working: Void = onOwnThread { try workload.run() }
            var cuts: [Cut] = []
            for number in 0..<times {
                try await Task.sleep(for: .milliseconds(Double.random(in: 0...100)))
                let image = "\(shelf.path)/cut-\(number)"
                let acknowledged = workload.acknowledged()
                try (lower ?? disk).cutPower(into: image)
                cuts.append(Cut(image: image, acknowledged: acknowledged, begun: workload.begun()))
            }
            workload.end()
            try await working
            // Two disks with one identity can't be mounted at once.
            try disk.unmount()
            try lower?.unmount()
            var failures = workload.failures
            for cut in cuts {
                failures += try await flaws(of: cut, fileSystem, losesCache: losesCache, after: workload)
                try FileManager.default.removeItem(atPath: cut.image)
            }
            return failures
        }

        /// Lets the file system mend what the power cut left, and looks at what the sessions are now.
        private func flaws(
            of cut: Cut, _ fileSystem: FileSystem, losesCache: Bool, after workload: DiskWorkload
        ) async throws -> [String] {
            let lower =
                losesCache ? try DiskImage(.ext4, image: cut.image, at: memory.path + "/lower") : nil
            let disk = try DiskImage(
                fileSystem, image: lower.map { $0.path + "/disk.image" } ?? cut.image, at: memory.path + "/cut")
            var flaws: [String] = []
            for name in DiskWorkload.names {
                let possible = workload.history(of: name)[
                    cut.acknowledged[name, default: 0]...cut.begun[name, default: 0]]
                do {
                    let found = try StoredState(file: "\(disk.path)/sessions/\(name).json")
                    let isOne = possible.contains { state in
                        state.map { found?.matches($0) ?? false } ?? (found == nil)
                    }
                    if !isOne { flaws.append("'\(name)' is \(found as Any), not one of \(possible)") }
                } catch let flaw as StoredState.Flaw {
                    flaws.append("\(flaw)")
                }
                let run = try await sandbox.run(
                    "chat", "-s", name, "The power is back", environment: ["SESH_DIR": disk.path + "/sessions"])
                if run.status != 0 { flaws.append("'\(name)' does not go on: \(run)") }
            }
            try disk.unmount()
            try lower?.unmount()
            return flaws
        }
    }
}
