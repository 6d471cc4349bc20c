/// Where an engine that is ready listens, and what to ask it for.
package struct LocalEngineEndpoint: Sendable, Equatable {
    /// The path of the UNIX socket.
    package let socketPath: String
    /// What the paths of the OpenAI-compatible calls begin with.
    package let basePath: String
    /// The name that requests give as their `model`.
    package let modelName: String

    /// Makes an endpoint.
    ///
    /// - Parameters:
    ///   - socketPath: The path of the UNIX socket.
    ///   - basePath: What the paths of the calls begin with, without a slash at the end.
    ///   - modelName: The name that requests give as their `model`.
    package init(socketPath: String, basePath: String = "/v1", modelName: String) {
        self.socketPath = socketPath
        self.basePath = basePath
        self.modelName = modelName
    }
}
