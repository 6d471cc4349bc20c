internal import Platform
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a file can't be read or written, in the system's words.
enum FileFailure {
    /// Finds the words in an error of Foundation's.
    static func reason(_ error: any Error) -> String {
        let cause = (error as? CocoaError)?.underlying ?? error
        guard let number = (cause as? POSIXError)?.code.rawValue else { return String(describing: cause) }
        return SystemError("read", code: number).reason
    }
}
