#include "sesh_threads.h"

#include <errno.h>
#include <pthread.h>
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

int sesh_thread_start(void (*body)(void *), void *context) {
    struct start *start = malloc(sizeof(*start));
    if (start == NULL) return ENOMEM;
    *start = (struct start){body, context};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    int reason = pthread_create(&thread, &attributes, run, start);
    pthread_attr_destroy(&attributes);
    if (reason != 0) free(start);
    return reason;
}
