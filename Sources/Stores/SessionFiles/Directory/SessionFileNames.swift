import Platform
import SessionJSON
import SessionKit

extension SessionID {
    /// The name of the session's file.
    var fileName: String { rawValue + ".json" }

    /// The number of the lock that guards the session, 0 to 63.
    ///
    /// Ids that differ only by case share one: on some file systems they are one file.
    var stripe: Int { Int(FNV1a.hash(folded.utf8) % 64) }
}
