#include "library.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_loopback_name(const char *host) {
    struct in_addr four;
    struct in6_addr six;
    if (strcasecmp(host, "localhost") == 0) return true;
    if (inet_pton(AF_INET, host, &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
    size_t length = strlen(host);
    char bare[INET6_ADDRSTRLEN];
    if (length < 3 || length - 2 >= sizeof bare || host[0] != '[') return false;
    memcpy(bare, host + 1, length - 2);
    bare[length - 2] = 0;
    return inet_pton(AF_INET6, bare, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static sesh_curl_url_problem describe_url(sesh_curl_transfer *transfer, const char *scheme, const char *host) {
    transfer->plain_http = strcasecmp(scheme, "http") == 0;
    if (!transfer->plain_http && strcasecmp(scheme, "https") != 0) return sesh_curl_url_other_scheme;
    transfer->loopback_host = is_loopback_name(host);
    char *port = NULL;
    if (sesh_curl_lib.curl_url_get(transfer->url, CURLUPART_PORT, &port, 0) != CURLUE_OK) port = NULL;
    size_t capacity = strlen(host) + (port ? strlen(port) : 0) + 2;
    free(transfer->authority);
    transfer->authority = malloc(capacity);
    if (transfer->authority) snprintf(transfer->authority, capacity, "%s%s%s", host, port ? ":" : "", port ? port : "");
    sesh_curl_lib.curl_free(port);
    return transfer->authority ? sesh_curl_url_ok : sesh_curl_url_malformed;
}

sesh_curl_url_problem sesh_curl_transfer_set_url(sesh_curl_transfer *transfer, const char *url) {
    CURLUcode code = sesh_curl_lib.curl_url_set(transfer->url, CURLUPART_URL, url, CURLU_DISALLOW_USER);
    if (code == CURLUE_USER_NOT_ALLOWED) return sesh_curl_url_has_credentials;
    if (code == CURLUE_UNSUPPORTED_SCHEME) return sesh_curl_url_other_scheme;
    if (code != CURLUE_OK) return sesh_curl_url_malformed;
    char *scheme = NULL, *host = NULL;
    sesh_curl_url_problem problem = sesh_curl_url_malformed;
    if (sesh_curl_lib.curl_url_get(transfer->url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
        && sesh_curl_lib.curl_url_get(transfer->url, CURLUPART_HOST, &host, 0) == CURLUE_OK)
        problem = describe_url(transfer, scheme, host);
    sesh_curl_lib.curl_free(scheme);
    sesh_curl_lib.curl_free(host);
    if (problem != sesh_curl_url_ok) return problem;
    // The parsed URL itself, so that libcurl does not parse the text again, perhaps with another result.
    return sesh_curl_lib.curl_easy_setopt(transfer->easy, CURLOPT_CURLU, transfer->url) == CURLE_OK
        ? sesh_curl_url_ok : sesh_curl_url_malformed;
}

bool sesh_curl_transfer_is_plain_http(const sesh_curl_transfer *transfer) { return transfer->plain_http; }

bool sesh_curl_transfer_is_loopback(const sesh_curl_transfer *transfer) { return transfer->loopback_host; }

const char *sesh_curl_transfer_authority(const sesh_curl_transfer *transfer) {
    return transfer->authority ? transfer->authority : "";
}

bool sesh_curl_transfer_redirect_host(
    const sesh_curl_transfer *transfer, const char *location, char *host, size_t capacity) {
    CURLU *target = sesh_curl_lib.curl_url_dup(transfer->url);
    if (!target) return false;
    char *name = NULL;
    bool known = sesh_curl_lib.curl_url_set(target, CURLUPART_URL, location, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK
        && sesh_curl_lib.curl_url_get(target, CURLUPART_HOST, &name, 0) == CURLUE_OK;
    if (known) snprintf(host, capacity, "%s", name);
    sesh_curl_lib.curl_free(name);
    sesh_curl_lib.curl_url_cleanup(target);
    return known;
}
