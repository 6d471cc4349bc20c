import Platform
import SessionFiles
package import SessionKit

/// The one place where it is decided what keeps the sessions.
package struct Stores: Sendable {
    private let program: Program

    /// Chooses for a run.
    package init(_ program: Program) { self.program = program }

    /// The store of the run: the one that was handed in, else the sessions directory.
    package var chosen: any SessionStore { program.surroundings.store ?? directory }

    private var directory: any SessionStore {
        JSONDirectoryStore(
            path: program.sessionsDirectory, now: program.surroundings.now,
            mayBlockThread: { ThreadExecutor.isProgramThread || KeepingThread.isCurrent })
    }
}
