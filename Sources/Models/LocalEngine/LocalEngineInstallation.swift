#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `Scripts/install-local-model` has installed, from its manifest.
package struct LocalEngineInstallation: Sendable, Equatable {
    /// The absolute path of the weights, a GGUF file.
    package let weights: String
    /// The model's name, for people.
    package let name: String
    /// The absolute path of the Python interpreter; absent if `llama-server` was there at the installation.
    package let python: String?
    /// The absolute path of the script that serves the model; absent as `python` is.
    package let server: String?

    /// The installation, if there is one.
    ///
    /// - Parameter configuration: Where to look.
    /// - Returns: The installation, or `nil` if none is complete.
    package static func find(_ configuration: LocalEngineConfiguration) -> Self? {
        let directory = configuration.dataDirectory
        guard let data = try? Data(contentsOf: URL(filePath: directory + "/local-model.json")),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data),
            manifest.format == "sesh.local-model/1",
            FileManager.default.fileExists(atPath: directory + "/" + manifest.weights)
        else { return nil }
        return Self(
            weights: directory + "/" + manifest.weights, name: manifest.name, python: manifest.python,
            server: manifest.server.map { directory + "/" + $0 })
    }

    private struct Manifest: Decodable {
        let format: String
        let weights: String
        let name: String
        let python: String?
        let server: String?
    }
}
