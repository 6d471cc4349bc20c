#include "sesh_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// One lock for all: what a library does when it is prepared need not be safe among threads (libcurl(3) before 7.84).
static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;

static bool fail(char *reason, size_t capacity, const char *text) {
    snprintf(reason, capacity, "%s", text ? text : "unknown reason");
    return false;
}

static bool load_locked(struct sesh_library *library, const char *name, char *reason, size_t capacity) {
    // RTLD_LOCAL: what the library brings must not offer its symbols to the rest of the program.
    void *handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) return fail(reason, capacity, dlerror());
    if (library->loaded) return true;
    for (size_t index = 0; index < library->count; index++) {
        library->functions[index] = dlsym(handle, library->names[index]);
        if (!library->functions[index]) return fail(reason, capacity, dlerror());
    }
    if (library->prepare && !library->prepare()) return fail(reason, capacity, "it could not be prepared");
    library->loaded = true;
    return true;
}

bool sesh_library_load(struct sesh_library *library, const char *name, char *reason, size_t reason_capacity) {
    pthread_mutex_lock(&load_lock);
    bool ok = load_locked(library, name, reason, reason_capacity);
    pthread_mutex_unlock(&load_lock);
    return ok;
}
