
/// The user whose files are this process's own.
package enum User {
    /// Its number.
    package static var current: UInt32 { geteuid() }
}
