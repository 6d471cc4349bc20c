/// A request as a ``LoopbackServer`` received it.
package struct LoopbackRequest: Sendable {
    /// `GET` or `POST`.
    package let method: String
    /// The request target: path and query.
    package let path: String
    /// The header fields in the order of arrival, names as they came.
    package let headers: [(name: String, value: String)]
    /// The body; empty when there was none.
    package let body: [UInt8]

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The first value of a header field, whatever the case of its name.
    /// - Parameter name: the field's name.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
