#ifndef SESH_CCURL_H
#define SESH_CCURL_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

// libcurl is opened with dlopen instead of being linked: loading it and the thirty libraries it brings
// costs a start-up 10 ms, and most commands never send a request. Nothing below may be called before
// `sesh_curl_load` has returned true in the calling thread.
// Every function that sets an option exists because `curl_easy_setopt` is variadic, which Swift can't call.

/// Opens one shared library and takes from it what this shim calls.
/// Safe from any thread; the first library that opens stays for the life of the process.
/// Writes the reason into `reason` and returns false when the library or a symbol in it is missing.
bool sesh_curl_load(const char *name, char *reason, size_t reason_capacity);

/// The result of a transfer, as far as callers react differently (libcurl has a hundred codes).
typedef enum sesh_curl_outcome {
    sesh_curl_outcome_done,
    sesh_curl_outcome_host_not_found,
    sesh_curl_outcome_proxy_not_found,
    sesh_curl_outcome_proxy_refused,
    sesh_curl_outcome_not_connected,
    sesh_curl_outcome_connect_timed_out,
    sesh_curl_outcome_tls_failed,
    sesh_curl_outcome_malformed_response,
    sesh_curl_outcome_connection_lost,
    sesh_curl_outcome_other,
} sesh_curl_outcome;

/// Where a URL leads, as libcurl itself reads it. A second parser that disagreed with libcurl's about
/// the host would make every rule that depends on the host worthless.
typedef enum sesh_curl_url_problem {
    sesh_curl_url_ok,
    sesh_curl_url_malformed,
    sesh_curl_url_other_scheme,
    sesh_curl_url_has_credentials,
} sesh_curl_url_problem;

/// One request and its answer: an easy handle with the lists and buffers that must live as long as it.
typedef struct sesh_curl_transfer sesh_curl_transfer;

/// Called with a header line or a piece of the body; returns what `sesh_curl_transfer_on_body` and
/// `sesh_curl_transfer_on_header` say. The bytes are only valid during the call.
typedef size_t (*sesh_curl_bytes_callback)(void *context, const char *bytes, size_t count);

/// Returned by a body callback that can't take the bytes now: they are delivered again after
/// `sesh_curl_transfer_resume`.
extern const size_t sesh_curl_pause;

/// A transfer with everything fixed that no request may change: certificate checks on, only http and
/// https, no redirects, no netrc, no cookies, no signals. NULL when out of memory.
sesh_curl_transfer *_Nullable sesh_curl_transfer_create(void);
void sesh_curl_transfer_destroy(sesh_curl_transfer *transfer);

sesh_curl_url_problem sesh_curl_transfer_set_url(sesh_curl_transfer *transfer, const char *url);
bool sesh_curl_transfer_is_plain_http(const sesh_curl_transfer *transfer);
/// True for 127.0.0.0/8, ::1 and `localhost`: names that need no resolver.
bool sesh_curl_transfer_is_loopback(const sesh_curl_transfer *transfer);
/// The host, and the port if the URL names one: the only part of a URL that may be shown.
const char *sesh_curl_transfer_authority(const sesh_curl_transfer *transfer);
/// The host that a `Location` header leads to from this URL; false when it can't be determined.
bool sesh_curl_transfer_redirect_host(
    const sesh_curl_transfer *transfer, const char *location, char *host, size_t capacity);

/// These return false when libcurl is out of memory or refuses the value.
/// Makes the request a POST with a copy of these bytes; without this call it is a GET.
bool sesh_curl_transfer_set_body(sesh_curl_transfer *transfer, const void *_Nullable bytes, size_t count);
/// A whole header line without its line end; `Name;` sends an empty value, as libcurl wants it.
bool sesh_curl_transfer_add_header(sesh_curl_transfer *transfer, const char *line);
bool sesh_curl_transfer_set_unix_socket(sesh_curl_transfer *transfer, const char *path);
/// Milliseconds for resolving, connecting and the TLS handshake together; at least 1.
bool sesh_curl_transfer_set_connect_timeout(sesh_curl_transfer *transfer, long milliseconds);
/// Uses no proxy, whatever the environment names.
bool sesh_curl_transfer_connect_directly(sesh_curl_transfer *transfer);
/// Refuses every socket that does not lead to a loopback address, however the name was resolved.
void sesh_curl_transfer_require_loopback(sesh_curl_transfer *transfer);

/// Header lines, status lines included; a return other than `count` ends the transfer.
void sesh_curl_transfer_on_header(
    sesh_curl_transfer *transfer, void *context, sesh_curl_bytes_callback callback);
/// Body bytes; a return other than `count` or `sesh_curl_pause` ends the transfer.
void sesh_curl_transfer_on_body(
    sesh_curl_transfer *transfer, void *context, sesh_curl_bytes_callback callback);
/// Delivers what was refused with `sesh_curl_pause`, possibly during this very call.
void sesh_curl_transfer_resume(sesh_curl_transfer *transfer);
/// libcurl's message about the last failure, which names hosts, never header values. Never NULL.
const char *sesh_curl_transfer_reason(const sesh_curl_transfer *transfer);

/// A set of transfers with the connections they share. Belongs to one thread.
typedef struct sesh_curl_multi sesh_curl_multi;

sesh_curl_multi *_Nullable sesh_curl_multi_create(void);
/// All transfers must have been removed before.
void sesh_curl_multi_destroy(sesh_curl_multi *multi);
bool sesh_curl_multi_add(sesh_curl_multi *multi, sesh_curl_transfer *transfer);
void sesh_curl_multi_remove(sesh_curl_multi *multi, sesh_curl_transfer *transfer);
/// Advances every transfer as far as possible without waiting; calls their callbacks.
void sesh_curl_multi_perform(sesh_curl_multi *multi);
/// Waits for any transfer's socket, for `wakeup_descriptor` to be readable or for `milliseconds` to pass.
void sesh_curl_multi_wait(sesh_curl_multi *multi, int wakeup_descriptor, int milliseconds);
/// The next transfer that has ended, still to be removed, or NULL.
sesh_curl_transfer *_Nullable sesh_curl_multi_next_done(sesh_curl_multi *multi, sesh_curl_outcome *outcome);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
