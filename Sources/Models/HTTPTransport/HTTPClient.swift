internal import Platform
internal import Synchronization

/// Sends requests and streams their answers over connections that stay open between requests.
///
/// One thread per client runs libcurl's multi interface: libcurl blocks, so it must not run on the cooperative pool,
/// and one thread with one multi handle shares connections between the turns of a conversation. The thread starts with
/// the first request and ends with the client, and so do the transfers that are still running.
package final class HTTPClient: Sendable {
    private let driver = DriverStarter()

    /// Creates a client.
    ///
    /// Nothing is loaded or started before the first request.
    package init() {}

    deinit { driver.shutDown() }

    /// Opens libcurl in the background, so that the first request need not wait for it.
    ///
    /// Loading it and its thirty libraries takes 5 to 10 ms. The first request reports what goes wrong.
    package static func prepare() { try? DetachedThread.startWithoutSignals { try? CurlLibrary.load() } }

    /// Sends a request and waits for the head of the answer.
    ///
    /// Redirects are not followed. `https` goes through the proxy that the environment names, as with curl; plain
    /// `http` and UNIX sockets never do. Cancelling the task ends the transfer at once.
    /// - Parameter request: what to send, where, and within which limits.
    /// - Returns: the answer, whatever its status, with a body that is still arriving.
    /// - Throws: ``HTTPError`` when there is no answer.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try request.check()
        if Task.isCancelled { throw .cancelled }
        let mailbox = try driver.mailbox()
        let reader = TransferReader(channel: TransferChannel(), mailbox: mailbox)
        mailbox.post(.start(request, reader.channel))
        let head = try await reader.head()
        return HTTPResponse(status: head.status, headers: head.fields, body: HTTPBody(reader: reader))
    }
}

/// Starts a client's driver thread when it is first needed.
private final class DriverStarter: Sendable {
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
