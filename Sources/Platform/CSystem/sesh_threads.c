#include "sesh_threads.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct start {
    void (*body)(void *);
    void *context;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    start.body(start.context);
    return NULL;
}

int sesh_thread_start(void (*body)(void *), void *context, int blocks_signals) {
    struct start *start = malloc(sizeof(*start));
    if (start == NULL) return ENOMEM;
    *start = (struct start){body, context};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigset_t blocked, before;
    sigemptyset(&blocked);
    if (blocks_signals) {
        sigfillset(&blocked);
        // These report a fault of this very thread; a debugger or crash reporter wants them.
        const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};
        for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&blocked, faults[i]);
    }
    // A thread starts with its creator's mask (pthread_create(3)), so there is no moment without it.
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    pthread_t thread;
    int reason = pthread_create(&thread, &attributes, run, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (reason != 0) free(start);
    return reason;
}
