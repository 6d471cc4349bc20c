import Platform
import SessionKit
import Synchronization

/// The thread on which parts of answers are kept, started with the first answer; it may wait, for the disk too.
enum KeepingThread {
    private static let started = Mutex<ThreadExecutor?>(nil)

    /// Whether the current thread is this one.
    static var isCurrent: Bool { started.withLock { $0?.isCurrent ?? false } }

    /// Keeps parts on this thread, without libdispatch.
    static var keeping: PartialKeeping {
        var keeping = PartialKeeping()
        keeping.executor = {
            started.withLock { executor in
                executor = executor ?? .start()
                return executor
            }
        }
        keeping.pause = { time in
            BlockingThread.pause(milliseconds: UInt32(time / .milliseconds(1)))
            try Task.checkCancellation()
        }
        return keeping
    }
}
