#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE // pipe2
#endif

#include "CCurl.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

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
