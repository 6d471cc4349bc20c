internal import CCurl
internal import Platform

/// One transfer of libcurl: owns the handle, fills the channel and keeps the deadlines.
///
/// Confined to the driver thread, and removed from the multi handle before it is released.
final class CurlTransfer {
    let handle: OpaquePointer
    let channel: TransferChannel
    private let destination: String
    private let firstByteTimeout: Duration
    private let idleTimeout: Duration
    private var parser = ResponseHeadParser()
    private var hasHead = false
    private var hasBody = false
    private var isPaused = false
    private var lastProgress = SuspendingClock.now
    /// Why a callback ended the transfer; libcurl reports only that one did.
    private var refusal: HTTPError?

    /// Sets up a request, without sending anything.
    /// - Throws: ``HTTPError`` when a rule forbids the request or libcurl refuses it.
    init(_ request: HTTPRequest, channel: TransferChannel) throws(HTTPError) {
        guard let handle = sesh_curl_transfer_create() else {
            throw HTTPError(
                .transportFailed, "this libcurl lacks a feature that sesh needs, or there is not enough memory")
        }
        self.handle = handle
        self.channel = channel
        firstByteTimeout = request.firstByteTimeout
        idleTimeout = request.idleTimeout
        // From here on all properties have values, so that `deinit` frees the handle if this throws.
        destination = try CurlSetup.apply(request, to: handle)
        let context = Unmanaged.passUnretained(self).toOpaque()
        sesh_curl_transfer_on_header(handle, context) { context, bytes, count in
            Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                .headerArrived(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        sesh_curl_transfer_on_body(handle, context) { context, bytes, count in
            Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                .bodyArrived(UnsafeRawBufferPointer(start: bytes, count: count))
        }
    }

    deinit { sesh_curl_transfer_destroy(handle) }

    // MARK: Callbacks of libcurl

    /// Returned from a callback to end the transfer.
    private static let refused = 0

    private func headerArrived(_ line: UnsafeRawBufferPointer) -> Int {
        switch parser.add(line) {
        case .more: return line.count
        case .malformed:
            refusal = HTTPError(.malformedResponse, "\(destination) did not send a valid HTTP answer")
            return Self.refused
        case .complete(let head):
            hasHead = true
            if (300..<400).contains(head.status) {
                refusal = redirectRefusal(head)
                return Self.refused
            }
            channel.deliver(head)
            return line.count
        }
    }

    private func bodyArrived(_ bytes: UnsafeRawBufferPointer) -> Int {
        hasBody = true
        lastProgress = .now
        switch channel.receive(bytes) {
        case .taken: return bytes.count
        case .unwanted: return Self.refused
        case .refusedForNow:
            isPaused = true
            return sesh_curl_pause
        }
    }

    private func redirectRefusal(_ head: ResponseHead) -> HTTPError {
        var host = [CChar](repeating: 0, count: 256)
        let location = head.fields.first { $0.name.lowercased() == "location" }?.value
        guard let location, sesh_curl_transfer_redirect_host(handle, location, &host, host.count) else {
            return HTTPError(
                .redirectRefused, "\(destination) answered \(head.status), a redirect that leads nowhere")
        }
        let name = String(terminated: host)
        return HTTPError(
            .redirectRefused,
            "\(destination) redirects to \(name) (status \(head.status)); redirects are not followed, because they "
                + "would take the key along. If that is where the service is now, change its base URL")
    }

    func resume() {
        guard isPaused else { return }
        isPaused = false
        lastProgress = .now
        sesh_curl_transfer_resume(handle)
    }

    // MARK: Limits

    /// When to give up; nil while the server waits for the reader.
    var deadline: SuspendingClock.Instant? {
        if isPaused { return nil }
        return lastProgress + (hasBody ? idleTimeout : firstByteTimeout)
    }

    func timeout(at now: SuspendingClock.Instant) -> HTTPError? {
        guard let deadline, deadline <= now else { return nil }
        if hasBody {
            return HTTPError(.idleTimedOut, "\(destination) stopped in the middle of its answer for \(idleTimeout)")
        }
        return HTTPError(.firstByteTimedOut, "\(destination) sent no answer within \(firstByteTimeout)")
    }

    // MARK: The end

    /// The result of this transfer for the reader.
    func ending(_ outcome: sesh_curl_outcome) -> Result<Void, HTTPError> {
        if let refusal { return .failure(refusal) }
        if outcome == sesh_curl_outcome_done, hasHead { return .success(()) }
        return .failure(
            CurlFailure.error(
                outcome, destination: destination, cause: String(cString: sesh_curl_transfer_reason(handle))))
    }
}

/// Turns libcurl's outcomes into ``HTTPError``.
private enum CurlFailure {
    static func error(_ outcome: sesh_curl_outcome, destination: String, cause: String) -> HTTPError {
        let (code, message) = codeAndMessage(outcome, destination)
        return HTTPError(code, message, cause: cause)
    }

    private static func codeAndMessage(_ outcome: sesh_curl_outcome, _ name: String) -> (HTTPError.Code, String) {
        switch outcome {
        case sesh_curl_outcome_host_not_found:
            (.dnsFailed, "there is no host \(name), or no network; check the base URL and the connection")
        case sesh_curl_outcome_proxy_not_found:
            (.proxyFailed, "the proxy for \(name) can't be found; check https_proxy and all_proxy")
        case sesh_curl_outcome_proxy_refused:
            (.proxyFailed, "the proxy does not let requests through to \(name); check https_proxy and all_proxy")
        case sesh_curl_outcome_not_connected:
            (.unreachable, "\(name) can't be reached; check that the service runs there")
        case sesh_curl_outcome_connect_timed_out:
            (.connectTimedOut, "\(name) took too long to connect to; check the address and the network")
        case sesh_curl_outcome_tls_failed:
            (.tlsFailed, "there is no trusted connection to \(name); check its certificate and this machine's clock")
        case sesh_curl_outcome_malformed_response, sesh_curl_outcome_done:
            (.malformedResponse, "\(name) did not send a valid HTTP answer; check the base URL")
        case sesh_curl_outcome_connection_lost:
            (.connectionLost, "the connection to \(name) broke before the answer was complete")
        default:
            (.transportFailed, "the request to \(name) failed")
        }
    }
}
