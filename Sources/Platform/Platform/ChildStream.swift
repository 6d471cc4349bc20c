/// What a child process has as one of its standard streams.
package enum ChildStream: Equatable, Sendable {
    /// What this process has there.
    case inherited
    /// `/dev/null`.
    case nothing
    /// An open descriptor of this process.
    case descriptor(Int32)
}
