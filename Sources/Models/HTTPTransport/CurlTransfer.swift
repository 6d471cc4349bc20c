internal import CCurl

/// One transfer in libcurl's hands: owns its handle, feeds its channel, knows its limits.
///
/// Lives and dies on the driver thread. It must have left the multi handle before it goes.
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
    /// Why a callback ended the transfer; libcurl itself only knows that one did.
    private var refusal: HTTPError?

    /// Sets a request up, without sending anything.
    /// - Throws: ``HTTPError`` when a rule forbids the request or libcurl can't take it.
    init(_ request: HTTPRequest, channel: TransferChannel) throws(HTTPError) {
        guard let handle = sesh_curl_transfer_create() else {
            throw HTTPError(.transportFailed, "this libcurl lacks something that sesh depends on, or memory is short")
        }
        self.handle = handle
        self.channel = channel
        firstByteTimeout = request.firstByteTimeout
        idleTimeout = request.idleTimeout
        // The class has all its values from here on, so that `deinit` frees the handle if a rule says no.
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

    // MARK: What libcurl delivers

    /// Returned from a callback to end the transfer.
    private static let refused = 0

    private func headerArrived(_ line: UnsafeRawBufferPointer) -> Int {
        switch parser.add(line) {
        case .more: return line.count
        case .malformed:
            refusal = HTTPError(.malformedResponse, "\(destination) did not answer in HTTP that makes sense")
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
        let name = String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
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

    /// When to give up, or nil while it is the reader who makes the server wait.
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

    /// What the reader is told about the end of this transfer.
    func ending(_ outcome: sesh_curl_outcome) -> Result<Void, HTTPError> {
        if let refusal { return .failure(refusal) }
        if outcome == sesh_curl_outcome_done, hasHead { return .success(()) }
        return .failure(
            CurlFailure.error(
                outcome, destination: destination, cause: String(cString: sesh_curl_transfer_reason(handle))))
    }
}
