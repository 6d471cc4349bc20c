internal import Platform
internal import Dispatch
internal import Synchronization

/// Reads lines from a terminal without blocking the caller's executor.
///
/// From the first line on, the terminal is left in the modes in which keys wait for the next line, also when the reader is
/// given up; who makes a reader keeps the modes that were there before, and restores them (`TerminalModes`).
///
/// The line editor is made, used and given up on one thread, which ends with the reader.
package final class LineReader: Sendable {
    private enum Request: Sendable {
        case read(prompt: String, CheckedContinuation<LineInput, any Error>)
        case remember(String)
        case close
    }

    private final class Requests: Sendable {
        private let queue = Mutex<[Request]>([])
        private let count = DispatchSemaphore(value: 0)

        func append(_ request: Request) {
            queue.withLock { $0.append(request) }
            count.signal()
        }

        func next() -> Request {
            count.wait()
            return queue.withLock { $0.removeFirst() }
        }
    }

    private let requests = Requests()

    /// Starts the thread; the terminal is opened with the first request.
    ///
    /// - Parameter options: what the editor works with.
    /// - Throws: `LineEditorError` when there can be no more threads.
    package init(_ options: LineEditorOptions) throws(LineEditorError) {
        let failure = DetachedThread.start { [requests] in Self.serve(requests, options) }
        guard failure == 0 else { throw LineEditorError(errno: failure) }
    }

    deinit { requests.append(.close) }

    /// Reads one line.
    ///
    /// Only one can be read at a time; a second call waits for the first.
    ///
    /// - Parameter prompt: shown before the line, screen-safe.
    /// - Returns: the line or what came instead of it.
    /// - Throws: `LineEditorError` when the terminal can't be opened for editing.
    package func readLine(prompt: String) async throws -> LineInput {
        try await withCheckedThrowingContinuation { requests.append(.read(prompt: prompt, $0)) }
    }

    /// Makes a line available to be called back, in this run and in later ones.
    ///
    /// - Parameter entry: what was typed; not kept when it begins with a space, is blank, or was the last one too.
    package func remember(_ entry: String) {
        requests.append(.remember(entry))
    }

    private static func serve(_ requests: Requests, _ options: LineEditorOptions) {
        let editor = Result { () throws(LineEditorError) in try LineEditor(options) }
        while true {
            switch requests.next() {
            case .read(let prompt, let continuation):
                continuation.resume(with: editor.map { $0.readLine(prompt: prompt) }.mapError { $0 })
            case .remember(let entry):
                _ = editor.map { $0.remember(entry) }
            case .close:
                return
            }
        }
    }
}
