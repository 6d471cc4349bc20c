internal import Platform
internal import Synchronization

/// The queue of commands from tasks to the driver thread, with a pipe that wakes the thread while it waits for sockets.
///
/// libcurl's own `curl_multi_wakeup` would need the handle that belongs to that thread; descriptors can be shared.
final class DriverMailbox: Sendable {
    enum Command: Sendable {
        case start(HTTPRequest, TransferChannel)
        case resume(TransferChannel)
        case stop(TransferChannel)
        case shutDown
    }

    let wakeupDescriptor: Int32
    private let writeDescriptor: Int32
    private let commands = Mutex<[Command]>([])

    /// Returns nil when the process has no descriptor left.
    init?() {
        guard let pipe = try? Descriptor.pipe(isNonBlocking: true) else { return nil }
        (wakeupDescriptor, writeDescriptor) = pipe
    }

    deinit {
        Descriptor.close(wakeupDescriptor)
        Descriptor.close(writeDescriptor)
    }

    func post(_ command: Command) {
        commands.withLock { $0.append(command) }
        // A full pipe is as good a wake-up as another byte.
        Descriptor.write(writeDescriptor, byte: 1)
    }

    /// Waits until a command is posted.
    func wait() {
        _ = Descriptor.hasInput(wakeupDescriptor, within: -1)
    }

    /// Takes every command, in the order they were posted.
    func take() -> [Command] {
        // The pipe is emptied first, so that a command posted in between leaves a byte in it.
        while let bytes = try? Descriptor.read(wakeupDescriptor, upTo: 32), bytes.count == 32 {}
        return commands.withLock { commands in
            defer { commands.removeAll() }
            return commands
        }
    }
}
