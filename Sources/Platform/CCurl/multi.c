#include "library.h"

// libcurl declares `typedef void CURLM`, or an incomplete struct; the shim's own name for it keeps
// the pointer from being mixed up with a transfer.
static CURLM *handle_of(sesh_curl_multi *multi) { return (CURLM *)multi; }

sesh_curl_multi *sesh_curl_multi_create(void) { return (sesh_curl_multi *)sesh_curl_lib.curl_multi_init(); }

void sesh_curl_multi_destroy(sesh_curl_multi *multi) { (void)sesh_curl_lib.curl_multi_cleanup(handle_of(multi)); }

bool sesh_curl_multi_add(sesh_curl_multi *multi, sesh_curl_transfer *transfer) {
    return sesh_curl_lib.curl_multi_add_handle(handle_of(multi), transfer->easy) == CURLM_OK;
}

void sesh_curl_multi_remove(sesh_curl_multi *multi, sesh_curl_transfer *transfer) {
    (void)sesh_curl_lib.curl_multi_remove_handle(handle_of(multi), transfer->easy);
}

void sesh_curl_multi_perform(sesh_curl_multi *multi) {
    int running = 0;
    (void)sesh_curl_lib.curl_multi_perform(handle_of(multi), &running);
}

void sesh_curl_multi_wait(sesh_curl_multi *multi, int wakeup_descriptor, int milliseconds) {
    struct curl_waitfd wakeup = {.fd = wakeup_descriptor, .events = CURL_WAIT_POLLIN, .revents = 0};
    (void)sesh_curl_lib.curl_multi_poll(handle_of(multi), &wakeup, 1, milliseconds, NULL);
}

static sesh_curl_outcome outcome_of(CURL *easy, CURLcode code) {
    long connect_status = 0;
    (void)sesh_curl_lib.curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &connect_status);
    if (code != CURLE_OK && connect_status >= 300) return sesh_curl_outcome_proxy_refused;
    switch (code) {
    case CURLE_OK: return sesh_curl_outcome_done;
    case CURLE_COULDNT_RESOLVE_HOST: return sesh_curl_outcome_host_not_found;
    case CURLE_COULDNT_RESOLVE_PROXY: return sesh_curl_outcome_proxy_not_found;
    case CURLE_PROXY: return sesh_curl_outcome_proxy_refused;
    case CURLE_COULDNT_CONNECT: return sesh_curl_outcome_not_connected;
    // The connect time-out is the only one of libcurl's own that is ever set.
    case CURLE_OPERATION_TIMEDOUT: return sesh_curl_outcome_connect_timed_out;
    case CURLE_SSL_CONNECT_ERROR: case CURLE_SSL_ENGINE_NOTFOUND: case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_CERTPROBLEM: case CURLE_SSL_CIPHER: case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED: case CURLE_SSL_ENGINE_INITFAILED: case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_SHUTDOWN_FAILED: case CURLE_SSL_CRL_BADFILE: case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: case CURLE_SSL_INVALIDCERTSTATUS: case CURLE_SSL_CLIENTCERT:
        return sesh_curl_outcome_tls_failed;
    case CURLE_UNSUPPORTED_PROTOCOL: case CURLE_WEIRD_SERVER_REPLY: case CURLE_BAD_CONTENT_ENCODING:
        return sesh_curl_outcome_malformed_response;
    case CURLE_PARTIAL_FILE: case CURLE_GOT_NOTHING: case CURLE_SEND_ERROR: case CURLE_RECV_ERROR:
    case CURLE_SEND_FAIL_REWIND: case CURLE_HTTP2: case CURLE_HTTP2_STREAM: case CURLE_HTTP3:
        return sesh_curl_outcome_connection_lost;
    default: return sesh_curl_outcome_other;
    }
}

sesh_curl_transfer *sesh_curl_multi_next_done(sesh_curl_multi *multi, sesh_curl_outcome *outcome) {
    int left = 0;
    CURLMsg *message;
    while ((message = sesh_curl_lib.curl_multi_info_read(handle_of(multi), &left))) {
        char *private = NULL;
        if (message->msg != CURLMSG_DONE) continue;
        if (sesh_curl_lib.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private) != CURLE_OK || !private) continue;
        sesh_curl_transfer *transfer = (sesh_curl_transfer *)private;
        transfer->result = message->data.result;
        *outcome = outcome_of(message->easy_handle, message->data.result);
        return transfer;
    }
    return NULL;
}
