#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE // pipe2, SOCK_CLOEXEC
#endif

#include "CCurl.h"

// The type-checking macros of curl.h would name `curl_easy_setopt` itself, and so link libcurl.
#define CURL_DISABLE_TYPECHECK
#include <arpa/inet.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

// MARK: - The library

#define EACH_SYMBOL(X)                                                                                        \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_setopt) X(curl_easy_getinfo)       \
    X(curl_easy_pause) X(curl_easy_strerror) X(curl_slist_append) X(curl_slist_free_all) X(curl_url)          \
    X(curl_url_cleanup) X(curl_url_dup) X(curl_url_set) X(curl_url_get) X(curl_free) X(curl_multi_init)       \
    X(curl_multi_cleanup) X(curl_multi_add_handle) X(curl_multi_remove_handle) X(curl_multi_perform)          \
    X(curl_multi_poll) X(curl_multi_info_read)

struct symbols {
#define DECLARE(name) __typeof__(&name) name;
    EACH_SYMBOL(DECLARE)
#undef DECLARE
};

static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;
static bool loaded = false;
static struct symbols lib;

static bool fail(char *reason, size_t capacity, const char *text) {
    snprintf(reason, capacity, "%s", text ? text : "unknown reason");
    return false;
}

static bool load_locked(const char *name, char *reason, size_t capacity) {
    // RTLD_LOCAL: libcurl's thirty libraries must not offer their symbols to the rest of the program.
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return fail(reason, capacity, dlerror());
    if (loaded) return true;
    struct symbols found;
#define FIND(symbol)                                                                                          \
    found.symbol = (__typeof__(found.symbol))dlsym(handle, #symbol);                                          \
    if (!found.symbol) return fail(reason, capacity, dlerror());
    EACH_SYMBOL(FIND)
#undef FIND
    if (found.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return fail(reason, capacity, "curl_global_init failed");
    lib = found;
    loaded = true;
    return true;
}

bool sesh_curl_load(const char *name, char *reason, size_t reason_capacity) {
    // curl_global_init is only safe among threads from libcurl 7.84 on: libcurl(3).
    pthread_mutex_lock(&load_lock);
    bool ok = load_locked(name, reason, reason_capacity);
    pthread_mutex_unlock(&load_lock);
    return ok;
}

// MARK: - One transfer

struct sesh_curl_transfer {
    CURL *easy;
    CURLU *url;
    struct curl_slist *headers;
    char *authority;
    bool plain_http;
    bool loopback_host;
    bool only_loopback;
    sesh_curl_bytes_callback on_header;
    void *header_context;
    sesh_curl_bytes_callback on_body;
    void *body_context;
    CURLcode result;
    char reason[CURL_ERROR_SIZE];
};

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
    if (lib.curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK) return true;
#endif
    // Before libcurl 7.85 (Ubuntu 22.04) the option is a mask; it is deprecated since, but still there.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    return lib.curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS)) == CURLE_OK;
#pragma GCC diagnostic pop
}

static bool set_policy(sesh_curl_transfer *transfer) {
    CURL *easy = transfer->easy;
    bool ok = allow_only_http(easy);
#define REQUIRE(option, value) ok = ok && lib.curl_easy_setopt(easy, option, value) == CURLE_OK
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
#undef REQUIRE
    // What a libcurl may lack and a request can do without:
    lib.curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
#if LIBCURL_VERSION_NUM >= 0x075700
    // Giving up must not wait for a resolver thread that is stuck in getaddrinfo.
    lib.curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    return ok;
}

sesh_curl_transfer *sesh_curl_transfer_create(void) {
    sesh_curl_transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return NULL;
    transfer->easy = lib.curl_easy_init();
    transfer->url = lib.curl_url();
    if (transfer->easy && transfer->url && set_policy(transfer)) return transfer;
    sesh_curl_transfer_destroy(transfer);
    return NULL;
}

void sesh_curl_transfer_destroy(sesh_curl_transfer *transfer) {
    if (transfer->easy) lib.curl_easy_cleanup(transfer->easy);
    if (transfer->url) lib.curl_url_cleanup(transfer->url);
    lib.curl_slist_free_all(transfer->headers);
    free(transfer->authority);
    free(transfer);
}

// MARK: - The URL

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
    if (lib.curl_url_get(transfer->url, CURLUPART_PORT, &port, 0) != CURLUE_OK) port = NULL;
    size_t capacity = strlen(host) + (port ? strlen(port) : 0) + 2;
    free(transfer->authority);
    transfer->authority = malloc(capacity);
    if (transfer->authority) snprintf(transfer->authority, capacity, "%s%s%s", host, port ? ":" : "", port ? port : "");
    lib.curl_free(port);
    return transfer->authority ? sesh_curl_url_ok : sesh_curl_url_malformed;
}

sesh_curl_url_problem sesh_curl_transfer_set_url(sesh_curl_transfer *transfer, const char *url) {
    CURLUcode code = lib.curl_url_set(transfer->url, CURLUPART_URL, url, CURLU_DISALLOW_USER);
    if (code == CURLUE_USER_NOT_ALLOWED) return sesh_curl_url_has_credentials;
    if (code == CURLUE_UNSUPPORTED_SCHEME) return sesh_curl_url_other_scheme;
    if (code != CURLUE_OK) return sesh_curl_url_malformed;
    char *scheme = NULL, *host = NULL;
    sesh_curl_url_problem problem = sesh_curl_url_malformed;
    if (lib.curl_url_get(transfer->url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
        && lib.curl_url_get(transfer->url, CURLUPART_HOST, &host, 0) == CURLUE_OK)
        problem = describe_url(transfer, scheme, host);
    lib.curl_free(scheme);
    lib.curl_free(host);
    if (problem != sesh_curl_url_ok) return problem;
    // The parsed URL itself, so that libcurl does not read the text a second time in another mood.
    return lib.curl_easy_setopt(transfer->easy, CURLOPT_CURLU, transfer->url) == CURLE_OK
        ? sesh_curl_url_ok : sesh_curl_url_malformed;
}

bool sesh_curl_transfer_is_plain_http(const sesh_curl_transfer *transfer) { return transfer->plain_http; }

bool sesh_curl_transfer_is_loopback(const sesh_curl_transfer *transfer) { return transfer->loopback_host; }

const char *sesh_curl_transfer_authority(const sesh_curl_transfer *transfer) {
    return transfer->authority ? transfer->authority : "";
}

bool sesh_curl_transfer_redirect_host(
    const sesh_curl_transfer *transfer, const char *location, char *host, size_t capacity) {
    CURLU *target = lib.curl_url_dup(transfer->url);
    if (!target) return false;
    char *name = NULL;
    bool known = lib.curl_url_set(target, CURLUPART_URL, location, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK
        && lib.curl_url_get(target, CURLUPART_HOST, &name, 0) == CURLUE_OK;
    if (known) snprintf(host, capacity, "%s", name);
    lib.curl_free(name);
    lib.curl_url_cleanup(target);
    return known;
}

// MARK: - What a request chooses

bool sesh_curl_transfer_set_body(sesh_curl_transfer *transfer, const void *bytes, size_t count) {
    // The size must be set first: COPYPOSTFIELDS copies that many bytes, else up to a NUL.
    return lib.curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count) == CURLE_OK
        && lib.curl_easy_setopt(transfer->easy, CURLOPT_COPYPOSTFIELDS, count ? bytes : "") == CURLE_OK;
}

bool sesh_curl_transfer_add_header(sesh_curl_transfer *transfer, const char *line) {
    struct curl_slist *longer = lib.curl_slist_append(transfer->headers, line);
    if (!longer) return false;
    transfer->headers = longer;
    return lib.curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, longer) == CURLE_OK;
}

bool sesh_curl_transfer_set_unix_socket(sesh_curl_transfer *transfer, const char *path) {
    return lib.curl_easy_setopt(transfer->easy, CURLOPT_UNIX_SOCKET_PATH, path) == CURLE_OK;
}

bool sesh_curl_transfer_set_connect_timeout(sesh_curl_transfer *transfer, long milliseconds) {
    return lib.curl_easy_setopt(transfer->easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds) == CURLE_OK;
}

bool sesh_curl_transfer_connect_directly(sesh_curl_transfer *transfer) {
    // An empty proxy keeps libcurl from reading the variables; NOPROXY covers what a later version adds.
    return lib.curl_easy_setopt(transfer->easy, CURLOPT_PROXY, "") == CURLE_OK
        && lib.curl_easy_setopt(transfer->easy, CURLOPT_NOPROXY, "*") == CURLE_OK;
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
    (void)lib.curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
}

const char *sesh_curl_transfer_reason(const sesh_curl_transfer *transfer) {
    return transfer->reason[0] ? transfer->reason : lib.curl_easy_strerror(transfer->result);
}

// MARK: - All transfers

// libcurl declares `typedef void CURLM`, or an incomplete struct; the shim's own name for it keeps
// the pointer from being mixed up with a transfer.
static CURLM *handle_of(sesh_curl_multi *multi) { return (CURLM *)multi; }

sesh_curl_multi *sesh_curl_multi_create(void) { return (sesh_curl_multi *)lib.curl_multi_init(); }

void sesh_curl_multi_destroy(sesh_curl_multi *multi) { (void)lib.curl_multi_cleanup(handle_of(multi)); }

bool sesh_curl_multi_add(sesh_curl_multi *multi, sesh_curl_transfer *transfer) {
    return lib.curl_multi_add_handle(handle_of(multi), transfer->easy) == CURLM_OK;
}

void sesh_curl_multi_remove(sesh_curl_multi *multi, sesh_curl_transfer *transfer) {
    (void)lib.curl_multi_remove_handle(handle_of(multi), transfer->easy);
}

void sesh_curl_multi_perform(sesh_curl_multi *multi) {
    int running = 0;
    (void)lib.curl_multi_perform(handle_of(multi), &running);
}

void sesh_curl_multi_wait(sesh_curl_multi *multi, int wakeup_descriptor, int milliseconds) {
    struct curl_waitfd wakeup = {.fd = wakeup_descriptor, .events = CURL_WAIT_POLLIN, .revents = 0};
    (void)lib.curl_multi_poll(handle_of(multi), &wakeup, 1, milliseconds, NULL);
}

static sesh_curl_outcome outcome_of(CURL *easy, CURLcode code) {
    long connect_status = 0;
    (void)lib.curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &connect_status);
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
    while ((message = lib.curl_multi_info_read(handle_of(multi), &left))) {
        char *private = NULL;
        if (message->msg != CURLMSG_DONE) continue;
        if (lib.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private) != CURLE_OK || !private) continue;
        sesh_curl_transfer *transfer = (sesh_curl_transfer *)private;
        transfer->result = message->data.result;
        *outcome = outcome_of(message->easy_handle, message->data.result);
        return transfer;
    }
    return NULL;
}

// MARK: - The thread and its alarm bell

bool sesh_curl_wakeup_pipe(int *read_end, int *write_end) {
    int ends[2];
#ifdef __linux__
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
#else
    if (pipe(ends) != 0) return false;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
#endif
    *read_end = ends[0];
    *write_end = ends[1];
    return true;
}

struct thread_start {
    void (*body)(void *);
    void *context;
};

static void *run_thread(void *argument) {
    struct thread_start start = *(struct thread_start *)argument;
    free(argument);
    start.body(start.context);
    return NULL;
}

bool sesh_curl_thread_start(void (*body)(void *context), void *context) {
    struct thread_start *start = malloc(sizeof *start);
    if (!start) return false;
    *start = (struct thread_start){.body = body, .context = context};
    sigset_t all, before;
    sigfillset(&all);
    // These report a fault of this very thread; a debugger or crash reporter wants them.
    const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&all, faults[i]);
    // A thread starts with its creator's mask (pthread_create(3)), so there is no moment without it.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    int failed = pthread_create(&thread, NULL, run_thread, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        free(start);
        return false;
    }
    pthread_detach(thread);
    return true;
}
