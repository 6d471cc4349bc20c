internal import CCurl

/// Says what libcurl reports in the words of ``HTTPError``.
enum CurlFailure {
    static func error(_ outcome: sesh_curl_outcome, destination: String, cause: String) -> HTTPError {
        let (code, message) = codeAndMessage(outcome, destination)
        return HTTPError(code, message, cause: cause)
    }

    private static func codeAndMessage(_ outcome: sesh_curl_outcome, _ name: String) -> (HTTPError.Code, String) {
        switch outcome {
        case sesh_curl_outcome_host_not_found:
            (.dnsFailed, "there is no host \(name), or no network; check the base URL and the connection")
        case sesh_curl_outcome_proxy_not_found:
            (.proxyFailed, "the proxy for \(name) can't be found; check https_proxy and all_proxy")
        case sesh_curl_outcome_proxy_refused:
            (.proxyFailed, "the proxy does not let requests through to \(name); check https_proxy and all_proxy")
        case sesh_curl_outcome_not_connected:
            (.unreachable, "\(name) can't be reached; check that the service runs there")
        case sesh_curl_outcome_connect_timed_out:
            (.connectTimedOut, "\(name) took too long to connect to; check the address and the network")
        case sesh_curl_outcome_tls_failed:
            (.tlsFailed, "there is no trusted connection to \(name); check its certificate and this machine's clock")
        case sesh_curl_outcome_malformed_response, sesh_curl_outcome_done:
            (.malformedResponse, "\(name) did not answer in HTTP that makes sense; check the base URL")
        case sesh_curl_outcome_connection_lost:
            (.connectionLost, "the connection to \(name) broke before the answer was complete")
        default:
            (.transportFailed, "the request to \(name) failed")
        }
    }
}
