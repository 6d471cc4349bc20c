internal import Platform
import SessionKit

extension SessionError {
    /// Runs what reads, and makes a `SessionError` with `unreadable` of whatever else it throws.
    ///
    /// - Parameter path: the directory that it is about.
    static func describingReading<Result>(_ path: String, _ body: () throws -> Result) throws(SessionError) -> Result {
        do {
            return try body()
        } catch let error as SessionError {
            throw error
        } catch {
            throw SessionError(.unreadable, words(for: error, path), cause: error)
        }
    }

    /// Runs what changes something, and makes a `SessionError` with `notSaved` of whatever else it throws.
    ///
    /// - Parameter path: the directory that it is about.
    static func describingChange<Result>(_ path: String, _ body: () throws -> Result) throws(SessionError) -> Result {
        do {
            return try body()
        } catch let error as SessionError {
            throw error
        } catch {
            throw SessionError(.notSaved, words(for: error, path) + " NOT SAVED.", cause: error)
        }
    }

    private static func words(for error: any Error, _ path: String) -> String {
        guard let error = error as? SystemCallError else { return "The sessions in '\(path)' could not be used." }
        return "'\(error.path ?? path)' could not be used: \(error.reason)."
    }
}
