/// How a process ended.
package enum ProcessEnding: Equatable, Sendable {
    /// It left with a status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)

    /// Takes apart what wait(2) gives; Swift does not import its macros.
    ///
    /// - Parameter waitStatus: the status of a process that has ended, not of one that was stopped.
    package init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .status((waitStatus >> 8) & 0xFF) : .signal(signal)
    }

    /// The ending as shells count: the status, or 128 and the number of the signal.
    package var shellStatus: Int32 {
        switch self {
        case .status(let status): status
        case .signal(let number): 128 + number
        }
    }
}
