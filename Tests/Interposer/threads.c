// Lets a program have only so many threads beside its first one, as a limit of processes does (setrlimit(2)).
//
//   THREADS_MOST  how many may be started; each further one fails with EAGAIN, as pthread_create(3) says
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int started;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *context) {
    static __typeof__(&pthread_create) real;
    if (!real) real = (__typeof__(&pthread_create))dlsym(RTLD_NEXT, "pthread_create");
    const char *most = getenv("THREADS_MOST");
    if (most && atomic_fetch_add(&started, 1) >= atoi(most)) return EAGAIN;
    return real(thread, attributes, body, context);
}
