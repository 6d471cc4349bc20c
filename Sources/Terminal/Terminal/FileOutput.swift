package import Platform
internal import CSystem

/// Unbuffered writing to a descriptor, such as standard output while an answer streams.
///
/// It does not own the descriptor. Texts that several threads write at the same time may be mixed where the system
/// writes them in parts.
package struct FileOutput: Sendable {
    /// The descriptor that is written to.
    package let descriptor: Int32

    /// Makes an output for a descriptor, which the caller keeps open.
    ///
    /// - Parameter descriptor: open for writing; blocking or not.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a whole text, as UTF-8 and unchanged.
    ///
    /// - Parameter text: the text; nothing is done when it is empty.
    /// - Throws: `FileOutputError`; part of the text may have been written then.
    package func write(_ text: String) throws(FileOutputError) {
        var text = text
        let failure: FileOutputError? = text.withUTF8 { buffer in
            failureWriting(UnsafeRawBufferPointer(buffer))
        }
        if let failure { throw failure }
    }

    /// Writes all bytes.
    ///
    /// - Parameter bytes: the bytes; nothing is done when there are none.
    /// - Throws: `FileOutputError`; part of the bytes may have been written then.
    package func write(_ bytes: [UInt8]) throws(FileOutputError) {
        if let failure = bytes.withUnsafeBytes({ failureWriting($0) }) { throw failure }
    }

    // write(2) may write only a part.
    private func failureWriting(_ bytes: UnsafeRawBufferPointer) -> FileOutputError? {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            let written = sesh_output_write(descriptor, start, rest.count)
            if written >= 0 {
                rest = rest.dropFirst(written)
                continue
            }
            return FileOutputError(SystemError("write"))
        }
        return nil
    }
}

/// Why an output could not be written.
package struct FileOutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The failures that the program reacts to differently.
    package enum Code: Sendable {
        /// The reader is gone; a program ends as SIGPIPE would end it.
        case brokenPipe
        /// The reader stood still, and the program was told to end; see `WaitingWrites`.
        case givenUp
        /// Any other failure, such as a full disk.
        case failed
    }

    /// The error of the system call.
    package let cause: SystemError

    /// Makes an error.
    package init(_ cause: SystemError) { self.cause = cause }

    /// What went wrong.
    package var code: Code {
        cause.isBrokenPipe ? .brokenPipe : cause.isGivenUp ? .givenUp : .failed
    }

    /// The failure in words, for people.
    package var description: String {
        "can't write the output: \(cause.reason)"
    }
}

/// Writes of `FileOutput` that wait because the reader stands still.
///
/// A program that has been told to end gives them up, or it would wait for ever.
package enum WaitingWrites {
    /// Gives up the writes that wait now or would wait later: they fail with `givenUp`.
    ///
    /// - Parameter isGivenUp: false to wait again.
    package static func giveUp(_ isGivenUp: Bool) { sesh_output_give_up(isGivenUp ? 1 : 0) }

    /// Wakes the writes that wait, so that they notice; call it repeatedly, since it misses a write that is about to
    /// wait.
    package static func wake() { sesh_output_wake() }
}
