#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;
static bool loaded = false;
struct symbols sesh_curl_lib;

static bool fail(char *reason, size_t capacity, const char *text) {
    snprintf(reason, capacity, "%s", text ? text : "unknown reason");
    return false;
}

static bool load_locked(const char *name, char *reason, size_t capacity) {
    // RTLD_LOCAL: libcurl's thirty libraries must not offer their symbols to the rest of the program.
    void *handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) return fail(reason, capacity, dlerror());
    if (loaded) return true;
    struct symbols found;
#define FIND(symbol)                                                                                          \
    found.symbol = (__typeof__(found.symbol))dlsym(handle, #symbol);                                          \
    if (!found.symbol) return fail(reason, capacity, dlerror());
    EACH_SYMBOL(FIND)
#undef FIND
    if (found.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return fail(reason, capacity, "curl_global_init failed");
    sesh_curl_lib = found;
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
