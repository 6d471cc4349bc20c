import Platform

/// Standard input as prompts: all of it, or record by record as they come.
struct StandardInput {
    /// The longest prompt in bytes, which is the longest text of a session file too.
    private static let longest = 64 << 20

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var scanned = 0
    private var position = 0
    private var isAtEnd = false
    /// Called once if nothing comes for a second; nil when it was, or nobody wants to know.
    private var onSilence: (() -> Void)?

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - descriptor: what is read.
    ///   - onSilence: called at most once, if nothing has come for a second and the input has not ended.
    init(_ descriptor: Int32, onSilence: (() -> Void)? = nil) {
        self.descriptor = descriptor
        self.onSilence = onSilence
    }

    /// Reads to the end.
    ///
    /// - Returns: the text, which may be empty.
    /// - Throws: `CommandError` with the status `malformed` for bytes that are not UTF-8, naming their offset.
    mutating func readAll() async throws -> String { try Self.text(try await readBytes()[...], at: 0) }

    /// Reads to the end, whatever the bytes are.
    mutating func readBytes() async throws -> [UInt8] {
        while try await fill() {}
        return buffer
    }

    /// Reads the next record.
    ///
    /// - Parameter terminator: the byte that ends one; the last may lack it.
    /// - Returns: the record without its terminator; nil at the end.
    mutating func readRecord(terminatedBy terminator: UInt8) async throws -> String? {
        while true {
            if let end = buffer[scanned...].firstIndex(of: terminator) { return try take(upTo: end, dropping: 1) }
            scanned = buffer.count
            if try await !fill() { return buffer.isEmpty ? nil : try take(upTo: buffer.count, dropping: 0) }
        }
    }

    private mutating func take(upTo end: Int, dropping terminators: Int) throws -> String {
        defer {
            buffer.removeFirst(end + terminators)
            position += end + terminators
            scanned = 0
        }
        return try Self.text(buffer[..<end], at: position)
    }

    /// Waits for more bytes.
    ///
    /// - Returns: whether there were any.
    /// - Throws: `CommandError` with the status `malformed` if that is more than a prompt may have.
    private mutating func fill() async throws -> Bool {
        guard !isAtEnd else { return false }
        if let onSilence {
            self.onSilence = nil
            if try await BlockingThread.run({ [descriptor] in !Descriptor.hasInput(descriptor, within: 1000) }) {
                onSilence()
            }
        }
        let piece = try await BlockingThread.run { [descriptor] in try Self.readOnce(descriptor) }
        buffer += piece
        guard buffer.count <= Self.longest else {
            throw CommandError(
                .malformed, "Standard input has a prompt of more than \(Self.longest >> 20) MiB. Send less of it.")
        }
        isAtEnd = piece.isEmpty
        return !isAtEnd
    }

    private static func readOnce(_ descriptor: Int32) throws -> [UInt8] {
        while true {
            do throws(SystemError) {
                return try Descriptor.read(descriptor, upTo: 65_536)
            } catch  where error.isBlocked {
                // Another process may have made the shared open file non-blocking.
                _ = Descriptor.hasInput(descriptor, within: -1)
            } catch  where error.isNotOpen {
                return []  // Closed by the caller (`<&-`): there is no input.
            } catch {
                throw CommandError(
                    .notSaved, "Standard input can't be read: \(error.reason). -n leaves it alone.")
            }
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>, at position: Int) throws -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw CommandError(
            .malformed,
            "Standard input is not UTF-8: the byte at offset \(position + (UTF8Check.offsetOfFlaw(in: bytes) ?? 0)) "
                + "does not fit. Convert it first, for example with iconv.")
    }
}
