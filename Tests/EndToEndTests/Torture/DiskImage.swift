import Foundation
import SeshTestSupport
import Testing

/// A small disk of its own, a file, with a file system that is mounted by a loop device.
final class DiskImage: Sendable {
    /// What a command that prepares a disk said when it failed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let fileSystem: FileSystem
    /// The file.
    let image: String
    /// Where it is mounted.
    let path: String

    /// Makes a disk, empty and mounted.
    ///
    /// - Parameters:
    ///   - fileSystem: what is on it.
    ///   - size: how large it is, in MiB; xfs has to have 300.
    ///   - directory: where the file and the mount point are made.
    ///   - name: their name.
    init(_ fileSystem: FileSystem, size: Int = 320, in directory: String, name: String) throws {
        self.fileSystem = fileSystem
        image = "\(directory)/\(name).image"
        path = "\(directory)/\(name)"
        try Self.shell("truncate -s \(size)M $1; \(fileSystem.format) $1; mkdir -p $2", image, path)
        try mount()
    }

    /// Takes a disk that was made before, and mounts it: what a power cut left is mended now.
    init(_ fileSystem: FileSystem, image: String, at path: String) throws {
        self.fileSystem = fileSystem
        self.image = image
        self.path = path
        // btrfs remembers disks that it has seen, and would take this for an older state of one of them.
        if fileSystem == .btrfs { _ = try? Self.shell("btrfs device scan --forget") }
        try Self.shell("mkdir -p $1", path)
        try mount()
    }

    deinit { _ = try? Self.shell("! mountpoint -q $1 || umount $1 || umount -l $1", path) }

    /// Mounts it.
    func mount() throws { try Self.shell("mount -t \(fileSystem) -o \(fileSystem.options) $1 $2", image, path) }

    /// Unmounts it, and so writes all of it down.
    func unmount() throws { try Self.shell("umount $1", path) }

    /// Makes it read-only, or writable again.
    func remount(readOnly: Bool) throws { try Self.shell("mount -o remount,\(readOnly ? "ro" : "rw") $1", path) }

    /// Lets it fail while it is in use.
    func fail() throws {
        guard let failure = fileSystem.failure else {
            throw Failure(description: "\(fileSystem) can't be made to fail")
        }
        let device = try Self.shell("basename $(findmnt -no SOURCE $1)", path)
        try Self.shell(failure, path, device.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Fills it to the last block.
    func fill() throws {
        // Several times: xfs gives back what it had set aside for a file when that is closed.
        let script = """
            for pass in 1 2 3; do
                for size in 1M 4k; do dd if=/dev/zero of=$1/fill.$pass.$size bs=$size status=none || :; done
                sync -f $1
            done
            """
        try Self.shell(script, path)
    }

    /// Takes away what ``fill()`` has put there.
    func makeRoom() throws { try Self.shell("rm $1/fill.*; sync -f $1", path) }

    /// Copies its file as it is at one moment, as if the power had gone.
    ///
    /// FICLONE shares the blocks under the file's write lock (ioctl_ficlonerange(2)), and the loop device writes through
    /// the same lock: each of its writes is in the copy whole or not at all, and none that came later. Nothing is flushed
    /// by it inside the disk's own file system, which knows nothing of it.
    func cutPower(into copy: String) throws { try Self.shell("cp --reflink=always $1 $2", image, copy) }

    /// Why there can be no disks here; nil if there can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "only root can mount a disk image" }
        do {
            let directory = try MemoryDirectory()
            _ = try DiskImage(.ext4, size: 16, in: directory.path, name: "disk")
            return nil
        } catch {
            return "no disk image can be mounted here: \("\(error)".prefix { !$0.isNewline })"
        }
    }()

    /// Ends the test, and says so, where a file system is missing.
    static func require(_ fileSystem: FileSystem) throws {
        do {
            try shell("command -v mkfs.\(fileSystem) && grep -qw \(fileSystem) /proc/filesystems")
        } catch {
            // A test case that is cancelled is otherwise not mentioned.
            print("NOT TESTED: a disk with \(fileSystem), whose mkfs or whose part of the kernel is missing")
            try Test.cancel("there is no \(fileSystem) here")
        }
    }

    /// Runs a shell command to its end, which has to be a good one.
    ///
    /// - Returns: what it wrote to standard output.
    @discardableResult
    static func shell(_ script: String, _ arguments: String...) throws -> String {
        let directory = try MemoryDirectory()
        let files = ["out", "err"].map { directory.path + "/" + $0 }
        let program = try SpawnedProgram(
            "/bin/sh", ["-ec", script, "sh"] + arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            output: files[0], errors: files[1])
        let ending = program.wait()
        let texts = try files.map { String(decoding: try Data(contentsOf: URL(filePath: $0)), as: UTF8.self) }
        guard ending == .exited(0) else {
            throw Failure(description: "\(script) \(arguments): \(ending): \(texts[1])")
        }
        return texts[0]
    }
}
