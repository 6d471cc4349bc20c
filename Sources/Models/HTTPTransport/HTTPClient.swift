internal import Platform

/// Sends requests and streams their answers over connections that stay open between requests.
///
/// One thread per client runs libcurl's multi interface: libcurl blocks, so it may not run on the
/// cooperative pool, and one thread with one multi handle is what shares connections between the turns
/// of a conversation. The thread starts with the first request and ends with the client, which also
/// ends what is still running.
package final class HTTPClient: Sendable {
    private let driver = DriverStarter()

    /// Creates a client.
    ///
    /// Nothing is loaded or started before the first request.
    package init() {}

    deinit { driver.shutDown() }

    /// Opens libcurl in the background, so that the first request need not wait for it.
    ///
    /// It and its thirty libraries take 5 to 10 ms, in which a program can do something else. What goes wrong is told
    /// by the first request.
    package static func prepare() { try? DetachedThread.startWithoutSignals { try? CurlLibrary.load() } }

    /// Sends a request and waits for the head of the answer.
    ///
    /// Redirects are not followed. `https` goes through the proxy that the environment names for it, as curl
    /// does it; plain `http` and UNIX sockets never do. Cancelling the task ends the transfer at once.
    /// - Parameter request: what to send, where, and within which limits.
    /// - Returns: the answer, whatever its status, with a body that is still arriving.
    /// - Throws: ``HTTPError`` when there is no answer.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try RequestCheck.check(request)
        if Task.isCancelled { throw .cancelled }
        let mailbox = try driver.mailbox()
        let reader = TransferReader(channel: TransferChannel(), mailbox: mailbox)
        mailbox.post(.start(request, reader.channel))
        let head = try await reader.head()
        return HTTPResponse(status: head.status, headers: head.fields, body: HTTPBody(reader: reader))
    }
}
