import SessionJSON

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

extension stat {
    /// Which file it is.
    var identity: FileIdentity { FileIdentity(self) }

    /// Which file it is, and which state of it.
    ///
    /// By the time its bytes were last changed, not of its last change of any kind: renaming a file is one.
    var version: SourceVersion {
        SourceVersion([
            Int64(truncatingIfNeeded: st_dev), Int64(truncatingIfNeeded: st_ino), Int64(st_size),
            Int64(modificationTime.tv_sec), Int64(modificationTime.tv_nsec),
        ])
    }

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
