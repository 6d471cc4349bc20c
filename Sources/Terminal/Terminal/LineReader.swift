internal import Platform

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

    private let requests = BlockingQueue<Request>()

    /// Starts the thread; the terminal is opened with the first request.
    ///
    /// - Parameter options: what the editor works with.
    /// - Throws: `TerminalError` when there can be no more threads.
    package init(_ options: LineEditorOptions) throws(TerminalError) {
        do {
            try DetachedThread.start { [requests] in Self.serve(requests, options) }
        } catch {
            throw TerminalError(.editing, error.cause)
        }
    }

    deinit { requests.append(.close) }

    /// Reads one line.
    ///
    /// Only one can be read at a time; a second call waits for the first.
    ///
    /// - Parameter prompt: shown before the line, screen-safe.
    /// - Returns: the line or what came instead of it.
    /// - Throws: `TerminalError` when the terminal can't be opened for editing.
    package func readLine(prompt: String) async throws -> LineInput {
        try await withCheckedThrowingContinuation { requests.append(.read(prompt: prompt, $0)) }
    }

    /// Makes a line available to be called back, in this run and in later ones.
    ///
    /// - Parameter entry: what was typed; not kept when it begins with a space, is blank, or was the last one too.
    package func remember(_ entry: String) {
        requests.append(.remember(entry))
    }

    private static func serve(_ requests: BlockingQueue<Request>, _ options: LineEditorOptions) {
        let editor = Result { () throws(TerminalError) in try LineEditor(options) }
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

/// What came of reading a line.
package enum LineInput: Sendable, Equatable {
    /// The text, without the line feed that ended it; it may hold line feeds of its own.
    ///
    /// It is verbatim when it began with a paste or was written as a block between `"""`: then it is words, whatever
    /// it begins with, and never a command.
    case line(String, isVerbatim: Bool = false)
    /// Ctrl-C: what had been typed is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfFile
    /// A signal that ends programs; the terminal has its former modes back.
    case terminated(signal: Int32)
}
