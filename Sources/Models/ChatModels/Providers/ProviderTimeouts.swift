/// How long to wait for a provider.
public struct ProviderTimeouts: Sendable, Equatable {
    /// For the connection, TLS included; more than zero.
    public var connect: Duration
    /// From sending the request to the first byte of the answer; more than zero.
    ///
    /// Large models read long prompts slowly.
    public var firstByte: Duration
    /// Between two pieces of the answer; more than zero.
    public var idle: Duration

    /// Makes a set of time-outs.
    ///
    /// - Parameters:
    ///   - connect: for the connection, TLS included.
    ///   - firstByte: from sending the request to the first byte of the answer.
    ///   - idle: between two pieces of the answer.
    public init(
        connect: Duration = .seconds(10), firstByte: Duration = .seconds(300), idle: Duration = .seconds(60)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
    }
}
