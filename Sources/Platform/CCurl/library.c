#include "library.h"
#include "sesh_library.h"

struct symbols sesh_curl_lib;

#define NAME(symbol) #symbol,
static const char *const names[] = {EACH_SYMBOL(NAME)};
#undef NAME

static bool prepare(void) { return sesh_curl_lib.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }

static struct sesh_library library = {
    .names = names,
    // POSIX has dlsym return functions as void pointers (dlsym, "Rationale"), so that they can stand in a row of such.
    .functions = (void **)&sesh_curl_lib,
    .count = sizeof sesh_curl_lib / sizeof(void *),
    .prepare = prepare,
};

bool sesh_curl_load(const char *name, char *reason, size_t reason_capacity) {
    return sesh_library_load(&library, name, reason, reason_capacity);
}
