/// The reading end of one transfer; letting go of it ends the transfer.
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

    /// The task goes on at once, also when libcurl is inside a call that takes its time.
    private func cancel() {
        channel.finish(.failure(.cancelled))
        mailbox.post(.stop(channel))
    }
}
