#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Which file it is, whatever name leads to it.
struct FileIdentity: Hashable, Sendable {
    private let device: dev_t
    private let number: ino_t

    fileprivate init(_ status: stat) {
        device = status.st_dev
        number = status.st_ino
    }
}

/// Which file it is and when its bytes were last changed, to tell whether it is still what was read.
///
/// Not the time of its last change of any kind: renaming a file is one.
struct FileVersion: Hashable, Sendable {
    private let identity: FileIdentity
    private let size: off_t
    private let seconds: Int
    private let nanoseconds: Int

    fileprivate init(_ status: stat) {
        identity = status.identity
        size = status.st_size
        seconds = status.modificationTime.tv_sec
        nanoseconds = status.modificationTime.tv_nsec
    }
}

extension stat {
    /// Which file it is.
    var identity: FileIdentity { FileIdentity(self) }

    /// Which file it is, and which state of it.
    var version: FileVersion { FileVersion(self) }

    /// When the file was last changed, to the second.
    var modified: Date { Date(timeIntervalSince1970: Double(modificationTime.tv_sec)) }

    fileprivate var modificationTime: timespec {
        #if canImport(Glibc)
            st_mtim
        #else
            st_mtimespec
        #endif
    }
}
