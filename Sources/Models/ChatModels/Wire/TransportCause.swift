/// What lies beneath a failed transfer, in libcurl's words.
struct TransportCause: Error, CustomStringConvertible {
    let description: String
}
