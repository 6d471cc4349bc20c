#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE // SOCK_CLOEXEC
#endif

#include "library.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

const size_t sesh_curl_pause = CURL_WRITEFUNC_PAUSE;

static size_t header_arrived(char *bytes, size_t size, size_t count, void *context) {
    sesh_curl_transfer *transfer = context;
    return transfer->on_header ? transfer->on_header(transfer->header_context, bytes, size * count) : size * count;
}

static size_t body_arrived(char *bytes, size_t size, size_t count, void *context) {
    sesh_curl_transfer *transfer = context;
    return transfer->on_body ? transfer->on_body(transfer->body_context, bytes, size * count) : size * count;
}

static bool is_loopback_address(const struct sockaddr *address) {
    if (address->sa_family == AF_INET)
        return (ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
    if (address->sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
    return address->sa_family == AF_UNIX;
}

// libcurl's own sockets are inherited by children (it sets no close-on-exec flag); ours are not, so that
// a key command or a pager can't hold or read the connection.
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    sesh_curl_transfer *transfer = context;
    (void)purpose;
    if (transfer->only_loopback && !is_loopback_address(&address->addr)) return CURL_SOCKET_BAD;
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    int descriptor = socket(address->family, address->socktype, address->protocol);
    if (descriptor >= 0) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    return descriptor;
#endif
}

static bool allow_only_http(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    if (sesh_curl_lib.curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK) return true;
#endif
    // Before libcurl 7.85 (Ubuntu 22.04) the option is a mask; it is deprecated since, but still there.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    return sesh_curl_lib.curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS)) == CURLE_OK;
#pragma GCC diagnostic pop
}

static bool set_policy(sesh_curl_transfer *transfer) {
    CURL *easy = transfer->easy;
    bool ok = allow_only_http(easy);
#define REQUIRE(option, value) ok = ok && sesh_curl_lib.curl_easy_setopt(easy, option, value) == CURLE_OK
    REQUIRE(CURLOPT_NOSIGNAL, 1L);
    REQUIRE(CURLOPT_SSL_VERIFYPEER, 1L);
    REQUIRE(CURLOPT_SSL_VERIFYHOST, 2L);
    REQUIRE(CURLOPT_FOLLOWLOCATION, 0L); // redirects would carry the key elsewhere
    REQUIRE(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    REQUIRE(CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE); // no key for the proxy's CONNECT
    REQUIRE(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);         // nor the proxy's head as the answer's
    REQUIRE(CURLOPT_ERRORBUFFER, transfer->reason);
    REQUIRE(CURLOPT_PRIVATE, transfer);
    REQUIRE(CURLOPT_HEADERFUNCTION, header_arrived);
    REQUIRE(CURLOPT_HEADERDATA, transfer);
    REQUIRE(CURLOPT_WRITEFUNCTION, body_arrived);
    REQUIRE(CURLOPT_WRITEDATA, transfer);
    REQUIRE(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    REQUIRE(CURLOPT_OPENSOCKETDATA, transfer);
    // Curl's own default: a model may think for minutes behind a router that forgets silent connections.
    REQUIRE(CURLOPT_TCP_KEEPALIVE, 1L);
#undef REQUIRE
    // What a libcurl may lack and a request can do without:
    sesh_curl_lib.curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
#if LIBCURL_VERSION_NUM >= 0x075700
    // Giving up must not wait for a resolver thread that is stuck in getaddrinfo.
    sesh_curl_lib.curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    return ok;
}

sesh_curl_transfer *sesh_curl_transfer_create(void) {
    sesh_curl_transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return NULL;
    transfer->easy = sesh_curl_lib.curl_easy_init();
    transfer->url = sesh_curl_lib.curl_url();
    if (transfer->easy && transfer->url && set_policy(transfer)) return transfer;
    sesh_curl_transfer_destroy(transfer);
    return NULL;
}

void sesh_curl_transfer_destroy(sesh_curl_transfer *transfer) {
    if (transfer->easy) sesh_curl_lib.curl_easy_cleanup(transfer->easy);
    if (transfer->url) sesh_curl_lib.curl_url_cleanup(transfer->url);
    sesh_curl_lib.curl_slist_free_all(transfer->headers);
    free(transfer->authority);
    free(transfer);
}

bool sesh_curl_transfer_set_body(sesh_curl_transfer *transfer, const void *bytes, size_t count) {
    // The size must be set first: COPYPOSTFIELDS copies that many bytes, else up to a NUL.
    return sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count) == CURLE_OK
        && sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_COPYPOSTFIELDS, count ? bytes : "") == CURLE_OK;
}

bool sesh_curl_transfer_add_header(sesh_curl_transfer *transfer, const char *line) {
    struct curl_slist *longer = sesh_curl_lib.curl_slist_append(transfer->headers, line);
    if (!longer) return false;
    transfer->headers = longer;
    return sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, longer) == CURLE_OK;
}

bool sesh_curl_transfer_set_unix_socket(sesh_curl_transfer *transfer, const char *path) {
    return sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_UNIX_SOCKET_PATH, path) == CURLE_OK;
}

bool sesh_curl_transfer_set_connect_timeout(sesh_curl_transfer *transfer, long milliseconds) {
    return sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds) == CURLE_OK;
}

bool sesh_curl_transfer_connect_directly(sesh_curl_transfer *transfer) {
    // An empty proxy keeps libcurl from reading the variables; NOPROXY covers what a later version adds.
    return sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_PROXY, "") == CURLE_OK
        && sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_NOPROXY, "*") == CURLE_OK;
}

void sesh_curl_transfer_require_loopback(sesh_curl_transfer *transfer) { transfer->only_loopback = true; }

void sesh_curl_transfer_on_header(
    sesh_curl_transfer *transfer, void *context, sesh_curl_bytes_callback callback) {
    transfer->on_header = callback;
    transfer->header_context = context;
}

void sesh_curl_transfer_on_body(
    sesh_curl_transfer *transfer, void *context, sesh_curl_bytes_callback callback) {
    transfer->on_body = callback;
    transfer->body_context = context;
}

void sesh_curl_transfer_resume(sesh_curl_transfer *transfer) {
    // A failure ends the transfer, which then appears among those that are done.
    (void)sesh_curl_lib.curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
}

const char *sesh_curl_transfer_reason(const sesh_curl_transfer *transfer) {
    return transfer->reason[0] ? transfer->reason : sesh_curl_lib.curl_easy_strerror(transfer->result);
}
