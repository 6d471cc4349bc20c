internal import Synchronization

/// The bounded buffer between the driver thread and the task that reads the answer.
///
/// Not an `AsyncStream`, which could not slow down a thread that must not wait; libcurl can be told to stop reading
/// from the server.
final class TransferChannel: Sendable {
    /// What happens to bytes from the server.
    enum Reception {
        case taken
        /// The buffer is full; the driver offers them again after ``DriverMailbox/Command/resume(_:)``.
        case refusedForNow
        /// The transfer is over for the reader.
        case unwanted
    }

    typealias HeadResult = Result<ResponseHead, HTTPError>
    typealias ChunkResult = Result<[UInt8]?, HTTPError>

    private struct State {
        var head: ResponseHead?
        var buffer: [UInt8] = []
        var isPaused = false
        var end: Result<Void, HTTPError>?
        var headWaiter: CheckedContinuation<HeadResult, Never>?
        var bodyWaiter: CheckedContinuation<ChunkResult, Never>?

        /// What a reader of the head gets now, if anything; a failure after the head is reported with the body.
        var headResult: HeadResult? {
            if let head { return .success(head) }
            guard case .failure(let error) = end else { return nil }
            return .failure(error)
        }

        /// What a reader of the body gets now, if anything; bytes come before a failure.
        mutating func takeChunk() -> ChunkResult? {
            if !buffer.isEmpty {
                defer { buffer = [] }
                return .success(buffer)
            }
            return end.map { end in end.map { nil } }
        }
    }

    /// Bytes that the buffer holds; one delivery of libcurl (at most 16 KiB for HTTP) may exceed it.
    static let capacity = 256 * 1024

    private let state = Mutex(State())

    // MARK: The driver's side

    func deliver(_ head: ResponseHead) {
        let waiter = state.withLock { state in
            state.head = head
            return state.headWaiter.take()
        }
        waiter?.resume(returning: .success(head))
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
        let (reception, waiter, chunk) = state.withLock { state in
            guard state.end == nil else { return (Reception.unwanted, ChunkWaiter?.none, [UInt8]()) }
            if let waiter = state.bodyWaiter.take() { return (.taken, waiter, Array(bytes)) }
            guard state.buffer.count < Self.capacity else {
                state.isPaused = true
                return (.refusedForNow, nil, [])
            }
            state.buffer.append(contentsOf: bytes)
            return (.taken, nil, [])
        }
        waiter?.resume(returning: .success(chunk))
        return reception
    }

    /// Ends the transfer; only the first call counts.
    func finish(_ end: Result<Void, HTTPError>) {
        let (headWaiter, bodyWaiter, result) = state.withLock { state in
            if state.end == nil { state.end = end }
            return (state.headWaiter.take(), state.bodyWaiter.take(), state.end ?? end)
        }
        // A transfer succeeds only after its head was delivered, when nobody waits for the head any more.
        if case .failure(let error) = result { headWaiter?.resume(returning: .failure(error)) }
        bodyWaiter?.resume(returning: result.map { nil })
    }

    // MARK: The reader's side

    func awaitHead(_ continuation: CheckedContinuation<HeadResult, Never>) {
        let result = state.withLock { state in
            if state.headResult == nil { state.headWaiter = continuation }
            return state.headResult
        }
        if let result { continuation.resume(returning: result) }
    }

    /// Resumes the continuation with what has arrived, now or later.
    /// - Returns: whether the driver had to pause and can resume.
    func awaitChunk(_ continuation: CheckedContinuation<ChunkResult, Never>) -> Bool {
        let (result, wasPaused) = state.withLock { state in
            let result = state.takeChunk()
            if result == nil {
                precondition(state.bodyWaiter == nil, "two tasks read one body")
                state.bodyWaiter = continuation
            }
            defer { state.isPaused = false }
            return (result, state.isPaused)
        }
        if let result { continuation.resume(returning: result) }
        return wasPaused
    }

    private typealias ChunkWaiter = CheckedContinuation<ChunkResult, Never>
}

/// The reading end of one transfer; releasing it ends the transfer.
final class TransferReader: Sendable {
    let channel: TransferChannel
    private let mailbox: DriverMailbox

    init(channel: TransferChannel, mailbox: DriverMailbox) {
        self.channel = channel
        self.mailbox = mailbox
    }

    deinit { mailbox.post(.stop(channel)) }

    func head() async throws(HTTPError) -> ResponseHead {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { channel.awaitHead($0) }
        } onCancel: {
            cancel()
        }
        return try result.get()
    }

    func nextChunk() async throws(HTTPError) -> [UInt8]? {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if channel.awaitChunk(continuation) { mailbox.post(.resume(channel)) }
            }
        } onCancel: {
            cancel()
        }
        return try result.get()
    }

    /// The task continues at once, even while libcurl is inside a long call.
    private func cancel() {
        channel.finish(.failure(.cancelled))
        mailbox.post(.stop(channel))
    }
}
