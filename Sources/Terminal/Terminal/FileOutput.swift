package import Platform
internal import CSystem

/// Unbuffered writing to a descriptor, such as standard output while an answer streams.
///
/// A value without state beside the descriptor, which it does not own. Pieces written at once from several threads
/// may mix where the system wrote them in parts.
package struct FileOutput: Sendable {
    /// The descriptor that is written to.
    package let descriptor: Int32

    /// Makes an output of a descriptor that somebody else keeps open.
    ///
    /// - Parameter descriptor: open for writing; blocking or not.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes all of a text, as UTF-8 and unchanged.
    ///
    /// - Parameter text: what to write; nothing is done when it is empty.
    /// - Throws: `FileOutputError`; part of the text may have been written then.
    package func write(_ text: String) throws(FileOutputError) {
        var text = text
        let failure: FileOutputError? = text.withUTF8 { buffer in
            failureWriting(UnsafeRawBufferPointer(buffer))
        }
        if let failure { throw failure }
    }

    /// Writes all of some bytes.
    ///
    /// - Parameter bytes: what to write; nothing is done when they are empty.
    /// - Throws: `FileOutputError`; part of the bytes may have been written then.
    package func write(_ bytes: [UInt8]) throws(FileOutputError) {
        if let failure = bytes.withUnsafeBytes({ failureWriting($0) }) { throw failure }
    }

    // write(2) may take a part only.
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
    /// What the program has to tell apart.
    package enum Code: Sendable {
        /// Nobody reads any more; a program ends as SIGPIPE would have ended it.
        case brokenPipe
        /// Nobody read on, and the program was told to end meanwhile; see `WaitingWrites`.
        case givenUp
        /// Any other failure, such as a full disk.
        case failed
    }

    /// What the system said.
    package let cause: SystemError

    /// Makes an error.
    package init(_ cause: SystemError) { self.cause = cause }

    /// What the program has to tell apart.
    package var code: Code {
        cause.isBrokenPipe ? .brokenPipe : cause.isGivenUp ? .givenUp : .failed
    }

    /// The failure in words, for people.
    package var description: String {
        "can't write the output: \(cause.reason)"
    }
}

/// Writes of `FileOutput` that wait because nobody reads what is written.
///
/// A program that has been told to end gives them up, or a reader that stands still would keep it for ever.
package enum WaitingWrites {
    /// Gives up the writes that wait, and from now on those that would have to: they fail with `givenUp`.
    ///
    /// - Parameter isGivenUp: false to wait again.
    package static func giveUp(_ isGivenUp: Bool) { sesh_output_give_up(isGivenUp ? 1 : 0) }

    /// Lets the writes that wait notice; one that is just about to wait is missed, so it is to be called again and again.
    package static func wake() { sesh_output_wake() }
}
