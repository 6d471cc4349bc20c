import Testing

/// A file system on which the promises are put to the test.
enum FileSystem: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case ext4, xfs, btrfs

    var testDescription: String { rawValue }

    /// What makes one in a file.
    var format: String {
        switch self {
        // Without blocks that are root's alone: the tests run as root, and the disk is to be full for them too.
        case .ext4: "mkfs.ext4 -q -F -m 0 -E lazy_itable_init=0"
        case .xfs: "mkfs.xfs -q -f -m reflink=1"
        case .btrfs: "mkfs.btrfs -q -f"
        }
    }

    /// The options of a mount.
    var options: String {
        switch self {
        case .ext4: "loop,errors=remount-ro"
        case .xfs, .btrfs: "loop"
        }
    }

    /// Makes the file system stop in mid-flight, as it does by itself when its disk fails; nil where there is no way to.
    ///
    /// `$1` is where it is mounted, `$2` the name of its device.
    var failure: String? {
        switch self {
        // It forces itself to be read-only (Documentation/ABI/testing/sysfs-fs-ext4).
        case .ext4: "echo 1 > /sys/fs/ext4/$2/trigger_fs_error"
        // Every later call is EIO (xfs_io(8)).
        case .xfs: "xfs_io -x -c shutdown $1"
        case .btrfs: nil
        }
    }
}
