#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The user whose files are this process's own.
package enum User {
    /// Its number.
    package static var current: UInt32 { geteuid() }
}

/// What a file is opened for: the flags of open(2).
package struct FileAccess: OptionSet, Sendable {
    /// The flags as the system takes them.
    package let rawValue: Int32

    /// Makes an access of the system's flags.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// To read.
    package static let read = Self(rawValue: O_RDONLY)
    /// To write.
    package static let write = Self(rawValue: O_WRONLY)
    /// To read and write.
    package static let readWrite = Self(rawValue: O_RDWR)
    /// Made if it is missing.
    package static let create = Self(rawValue: O_CREAT)
    /// Only if it is made.
    package static let exclusive = Self(rawValue: O_EXCL)
    /// Emptied.
    package static let truncate = Self(rawValue: O_TRUNC)
    /// Writes go to its end.
    package static let append = Self(rawValue: O_APPEND)
    /// Only if it is a directory.
    package static let directory = Self(rawValue: O_DIRECTORY)
    /// Not through a link in its place.
    package static let noLink = Self(rawValue: O_NOFOLLOW)
    /// Without waiting for a FIFO's other end, or for anything later.
    package static let nonBlocking = Self(rawValue: O_NONBLOCK)
}
