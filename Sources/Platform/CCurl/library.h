#ifndef SESH_CCURL_LIBRARY_H
#define SESH_CCURL_LIBRARY_H

#include "CCurl.h"

// The type-checking macros of curl.h would name `curl_easy_setopt` itself, and so link libcurl.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

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

/// The functions of libcurl, all set once `sesh_curl_load` has returned true.
extern struct symbols sesh_curl_lib;

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

#endif
