#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    // write(2) may take a part, be interrupted, or find a terminal or pipe full that some other process made
    // non-blocking (O_NONBLOCK belongs to the open file, which children share).
    private func failureWriting(_ bytes: UnsafeRawBufferPointer) -> FileOutputError? {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, start, rest.count)
            #else
                let written = Darwin.write(descriptor, start, rest.count)
            #endif
            if written >= 0 {
                rest = rest.dropFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            case EPIPE: return FileOutputError(code: .brokenPipe, errno: EPIPE)
            case let number: return FileOutputError(code: .failed, errno: number)
            }
        }
        return nil
    }
}
