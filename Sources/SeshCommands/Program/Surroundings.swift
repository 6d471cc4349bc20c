import Platform
package import SessionKit
#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What one run of the program is given; nothing below looks at the process itself.
package struct Surroundings: Sendable {
    /// The environment variables.
    package var environment: [String: String]
    /// The descriptor of standard input.
    package var input: Int32
    /// The descriptor of standard output.
    package var output: Int32
    /// The descriptor of standard error.
    package var messages: Int32
    /// The clock.
    package var now: @Sendable () -> Date
    /// What keeps the sessions; nil for the store that the environment names.
    package var store: (any SessionStore)?
    /// Whether the run has the process to itself, its signals included.
    package var ownsProcess: Bool

    /// Makes surroundings.
    package init(
        environment: [String: String], input: Int32, output: Int32, messages: Int32,
        now: @escaping @Sendable () -> Date = { Date() }, store: (any SessionStore)? = nil, ownsProcess: Bool = false
    ) {
        self.environment = environment
        (self.input, self.output, self.messages) = (input, output, messages)
        self.now = now
        self.store = store
        self.ownsProcess = ownsProcess
    }

    /// Those of this process.
    package static var process: Surroundings {
        Surroundings(
            environment: ProcessInfo.processInfo.environment, input: 0, output: 1, messages: 2, ownsProcess: true)
    }
}
