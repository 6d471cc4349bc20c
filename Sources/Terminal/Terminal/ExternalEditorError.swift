package import Platform

/// Why a text could not be edited with another program.
package struct ExternalEditorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    package enum Code: Sendable, Equatable {
        /// There is no such program.
        case notFound
        /// The program could not be started.
        case notStarted
        /// The file that the text is edited in could not be written or read.
        case file
        /// Others could replace the file that the text is edited in.
        case unsafeDirectory
        /// What the program saved is not UTF-8.
        case notText
    }

    /// What went wrong.
    package let code: Code
    /// The command or the file concerned.
    package let subject: String
    /// The error of the system call, if there was one.
    package let cause: SystemError?

    /// The failure in words, for people.
    package var description: String {
        switch code {
        case .notFound: "there is no editor '\(subject)'; VISUAL or EDITOR has to name one"
        case .notStarted: "the editor '\(subject)' can't be started: \(reason)"
        case .file: "the text can't be passed to an editor in \(subject): \(reason)"
        case .unsafeDirectory:
            "others could replace files in \(subject), so no text is edited there; TMPDIR has to name a directory of your "
                + "own, or one with the sticky bit: chmod +t '\(subject)'"
        case .notText: "the editor '\(subject)' saved text that is not UTF-8"
        }
    }

    private var reason: String { cause?.reason ?? "" }

    init(_ code: Code, _ subject: String, _ cause: SystemError? = nil) {
        (self.code, self.subject, self.cause) = (code, subject, cause)
    }
}
