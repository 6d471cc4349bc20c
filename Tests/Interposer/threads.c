// Lets a program have only so many threads beside its first one, as a limit of processes does (setrlimit(2)).
//
//   THREADS_MOST  how many there may be at once; each further one fails with EAGAIN, as pthread_create(3) says
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int running;

struct start {
    void *(*body)(void *);
    void *context;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    void *result = start.body(start.context);
    atomic_fetch_sub(&running, 1);
    return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *context) {
    static __typeof__(&pthread_create) real;
    if (!real) real = (__typeof__(&pthread_create))dlsym(RTLD_NEXT, "pthread_create");
    const char *most = getenv("THREADS_MOST");
    if (!most) return real(thread, attributes, body, context);
    struct start *start = malloc(sizeof *start);
    if (!start) return EAGAIN;
    *start = (struct start){body, context};
    if (atomic_fetch_add(&running, 1) < atoi(most)) {
        int failure = real(thread, attributes, run, start);
        if (!failure) return 0;
    }
    atomic_fetch_sub(&running, 1);
    free(start);
    return EAGAIN;
}
