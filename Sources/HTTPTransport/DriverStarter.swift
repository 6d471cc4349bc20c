internal import CCurl
internal import Synchronization

/// Starts a client's driver thread with its first request.
final class DriverStarter: Sendable {
    private let started = Mutex<DriverMailbox?>(nil)

    /// The mailbox of the running driver.
    func mailbox() throws(HTTPError) -> DriverMailbox {
        let result: Result<DriverMailbox, HTTPError> = started.withLock { started in
            if let started { return .success(started) }
            guard let mailbox = DriverMailbox(), Self.startThread(mailbox) else {
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

    private static func startThread(_ mailbox: DriverMailbox) -> Bool {
        let context = Unmanaged.passRetained(mailbox)
        let isStarted = sesh_curl_thread_start(
            { TransferDriver.run(Unmanaged<DriverMailbox>.fromOpaque($0).takeRetainedValue()) }, context.toOpaque())
        if !isStarted { context.release() }
        return isStarted
    }
}
