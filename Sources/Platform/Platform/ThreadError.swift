/// The system has no thread left.
package struct ThreadError: Error, CustomStringConvertible {
    /// What pthread_create(3) said.
    package let cause: SystemError

    /// The failure in words, for people.
    package var description: String {
        "No thread can be started: this user, or this container, has as many processes and threads as it may have. Try "
            + "again, or raise the limit (ulimit -u). (\(cause.reason))"
    }
}
