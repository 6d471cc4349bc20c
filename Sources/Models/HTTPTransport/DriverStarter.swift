internal import Platform
internal import Synchronization

/// Starts a client's driver thread with its first request.
final class DriverStarter: Sendable {
    private let started = Mutex<DriverMailbox?>(nil)

    /// The mailbox of the running driver.
    func mailbox() throws(HTTPError) -> DriverMailbox {
        let result: Result<DriverMailbox, HTTPError> = started.withLock { started in
            if let started { return .success(started) }
            guard let mailbox = DriverMailbox(),
                (try? DetachedThread.startWithoutSignals { TransferDriver.run(mailbox) }) != nil
            else {
                return .failure(HTTPError(.transportFailed, "no thread or pipe is left to send requests with"))
            }
            started = mailbox
            return .success(mailbox)
        }
        return try result.get()
    }

    func shutDown() {
        started.withLock { $0 }?.post(.shutDown)
    }
}
