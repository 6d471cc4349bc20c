internal import Platform
internal import CCurl
internal import Synchronization

/// What tasks ask of the driver thread, with a pipe that wakes it while it waits for sockets.
///
/// libcurl's own `curl_multi_wakeup` would need the handle that belongs to that thread; descriptors
/// can be shared freely.
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

    /// Fails when the process has no descriptor left.
    init?() {
        var readEnd: Int32 = -1
        var writeEnd: Int32 = -1
        guard sesh_curl_wakeup_pipe(&readEnd, &writeEnd) else { return nil }
        wakeupDescriptor = readEnd
        writeDescriptor = writeEnd
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

    /// Waits until something was posted.
    func wait() {
        _ = Descriptor.hasInput(wakeupDescriptor, within: -1)
    }

    /// Takes every command, in the order they were posted.
    func take() -> [Command] {
        // Emptied before the commands are taken, so that one posted in between leaves a byte behind.
        while let bytes = try? Descriptor.read(wakeupDescriptor, upTo: 32), bytes.count == 32 {}
        return commands.withLock { commands in
            defer { commands.removeAll() }
            return commands
        }
    }
}
