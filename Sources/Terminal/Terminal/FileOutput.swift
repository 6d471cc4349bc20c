internal import Platform
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
