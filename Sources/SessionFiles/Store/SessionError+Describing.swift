import SessionKit

extension SessionError {
    /// Runs what reads or writes, and makes a `SessionError` of whatever else it throws.
    ///
    /// - Parameter path: the directory that it is about.
    static func describing<Result>(_ path: String, _ body: () throws -> Result) throws(SessionError) -> Result {
        do {
            return try body()
        } catch let error as SessionError {
            throw error
        } catch let error as SystemCallError {
            throw SessionError(.unreadable, "'\(error.path)' could not be used: \(error.reason).", cause: error)
        } catch {
            throw SessionError(.unreadable, "The sessions in '\(path)' could not be used.", cause: error)
        }
    }
}
