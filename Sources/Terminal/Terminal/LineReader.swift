internal import Platform

/// Reads lines from a terminal without blocking the caller's executor.
///
/// From the first line on, the terminal keeps the modes in which keys wait for the next line, even when the reader is
/// released; its creator has to save the modes before, and restore them (`TerminalModes`).
///
/// The line editor is confined to one thread, which ends with the reader.
package final class LineReader: Sendable {
    private enum Request: Sendable {
        case read(prompt: String, CheckedContinuation<LineInput, any Error>)
        case remember(String)
        case close
    }

    private let requests = BlockingQueue<Request>()

    /// Starts the thread.
    ///
    /// - Parameter options: the options of the line editor.
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
    /// - Returns: the line, or why there is none.
    /// - Throws: `TerminalError` when the terminal can't be opened for editing.
    package func readLine(prompt: String) async throws -> LineInput {
        try await withCheckedThrowingContinuation { requests.append(.read(prompt: prompt, $0)) }
    }

    /// Adds a line to the history of this and later runs.
    ///
    /// - Parameter entry: the line; not kept when it begins with a space, is blank, or is the last one already.
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

/// The result of reading a line.
package enum LineInput: Sendable, Equatable {
    /// The text, without the line feed at its end; it may have others.
    ///
    /// It is verbatim when it began with a paste or was a block between `"""`: then it is never a command, whatever it
    /// begins with.
    case line(String, isVerbatim: Bool = false)
    /// Ctrl-C: the text is discarded.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfFile
    /// A signal that ends programs; the terminal has its usual modes again.
    case terminated(signal: Int32)
}
