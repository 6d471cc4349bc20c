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

extension stat {
    /// When the file was last changed, to the second.
    var modified: Date {
        #if canImport(Glibc)
            Date(timeIntervalSince1970: Double(st_mtim.tv_sec))
        #else
            Date(timeIntervalSince1970: Double(st_mtimespec.tv_sec))
        #endif
    }
}
