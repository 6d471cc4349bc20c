import SessionKit
import Synchronization

/// Finds the providers' keys, in an environment or by running their commands.
final class KeyRing: Sendable {
    private let environment: [String: String]
    private let hidden: Set<String>
    private let timeout: Duration
    private let printed = Mutex<[String: APIKey]>([:])

    /// Makes a key ring.
    ///
    /// - Parameters:
    ///   - environment: the environment variables.
    ///   - hidden: the variables that hold keys of any provider, which commands don't inherit.
    ///   - timeout: how long a command may take; the user may have to unlock a password manager.
    init(environment: [String: String], hiding hidden: Set<String>, timeout: Duration = .seconds(60)) {
        self.environment = environment
        self.hidden = hidden
        self.timeout = timeout
    }

    /// Whether the environment holds a key for a provider.
    func hasVariable(for provider: Provider) -> Bool { variable(for: provider) != nil }

    /// Checks before the first request that there is a key and that it is valid in form.
    ///
    /// - Throws: `ModelError` with `refusedCredentials`.
    func check(_ provider: Provider) throws(ModelError) {
        if let name = variable(for: provider) {
            _ = try APIKey(environment[name] ?? "", from: name)
        } else if provider.keyCommand == nil, provider.usesKey, !provider.keyIsOptional {
            throw ModelError(
                .refusedCredentials,
                "\(provider.name) needs a key: set \(provider.keyVariables.joined(separator: " or ")), or \"keyCommand\" "
                    + "of providers.\(provider.name) in the configuration.")
        }
    }

    /// The key of a provider.
    ///
    /// A command runs once, and again after `forget`.
    ///
    /// - Returns: nil if the provider uses no key.
    /// - Throws: `ModelError` with `refusedCredentials` or `timedOut`, or `CancellationError`.
    func key(for provider: Provider) async throws -> APIKey? {
        try check(provider)
        if let name = variable(for: provider) { return try APIKey(environment[name] ?? "", from: name) }
        guard let command = provider.keyCommand else { return nil }
        if let key = printed.withLock({ $0[provider.name] }) { return key }
        let runner = KeyCommandRunner(
            command: command, provider: provider.name,
            environment: environment.filter { !hidden.contains($0.key) }, timeout: timeout)
        let key = try APIKey(await runner.run(), from: "the key command of \(provider.name)")
        printed.withLock { $0[provider.name] = key }
        return key
    }

    /// Forgets the key of a command: the service has refused it, and the command may print another one the next time.
    func forget(_ provider: Provider) { printed.withLock { $0[provider.name] = nil } }

    private func variable(for provider: Provider) -> String? {
        provider.keyVariables.first { environment[$0].map { !$0.trimmed.isEmpty } ?? false }
    }
}
