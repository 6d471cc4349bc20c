/// An answer whose head has arrived and whose body is still arriving.
package struct HTTPResponse: Sendable {
    /// The status code, 200 to 299 or 400 to 599: redirects are errors, interim answers are skipped.
    package let status: Int
    /// The header fields in the order of arrival.
    package let headers: [HTTPField]
    /// The body.
    ///
    /// Letting go of the response and everything made from it ends the transfer.
    package let body: HTTPBody

    /// The first value of a header field.
    /// - Parameter name: the field's name, in any case.
    /// - Returns: the value, or nil when there is no such field.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
