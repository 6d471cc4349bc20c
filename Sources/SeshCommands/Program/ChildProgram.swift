import Platform

/// Another program that does something for this one at the terminal: a pager, an editor, a clipboard.
package struct ChildProgram: Sendable {
    /// The program, found along `PATH` unless it has a slash, and its arguments.
    package let arguments: [String]
    /// All of its environment.
    package let environment: [String: String]

    /// Describes a program that is not started yet.
    package init(_ arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Runs the program to its end, without holding up the caller's thread.
    ///
    /// - Parameters:
    ///   - isSilent: whether its output goes nowhere instead of where this program's goes.
    ///   - feed: writes to its standard input, given the descriptor, on a thread of its own; nil leaves it this
    ///     program's. A child that stops reading makes it fail with EPIPE, which is for it to pass over.
    /// - Returns: its exit status; 128 and the number of the signal that ended it, as shells count.
    /// - Throws: `CommandError` if it can't be started; what `feed` throws.
    package func run(
        isSilent: Bool = false, feeding feed: (@Sendable (Int32) throws -> Void)? = nil
    ) async throws -> Int32 {
        try await BlockingThread.run { [self] in
            guard let feed else {
                return ChildProcess.wait(for: try spawn(input: .inherited, isSilent: isSilent)).shellStatus
            }
            // The child does not inherit the writing end, or it would never see the end of its input.
            let pipe = try Result { () throws(SystemError) in try Descriptor.pipe() }.mapError(failure).get()
            let result = Result { try spawn(input: .descriptor(pipe.reading), isSilent: isSilent) }
            Descriptor.close(pipe.reading)
            guard case .success(let child) = result else {
                Descriptor.close(pipe.writing)
                return try result.get()
            }
            let fed = Result { try feed(pipe.writing) }
            Descriptor.close(pipe.writing)
            let status = ChildProcess.wait(for: child).shellStatus
            try fed.get()
            return status
        }
    }

    private func spawn(input: ChildStream, isSilent: Bool) throws -> Int32 {
        let output = isSilent ? ChildStream.nothing : .inherited
        do {
            return try ChildProcess.spawn(
                arguments, environment: environment, input: input, output: output, errors: output)
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: SystemError) -> CommandError {
        CommandError(.failure, "\(arguments.first ?? "") can't be started: \(error.reason).")
    }
}
