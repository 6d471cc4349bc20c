import HTTPTransport

extension HTTPBody {
    /// The whole body as text.
    func text() async throws -> String {
        var bytes: [UInt8] = []
        for try await chunk in self { bytes += chunk }
        return String(decoding: bytes, as: UTF8.self)
    }
}
