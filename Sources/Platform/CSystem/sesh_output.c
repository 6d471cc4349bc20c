#include "sesh_output.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

// A reader that stands still blocks a write(2) for ever, and the descriptor can't be made non-blocking, since the open
// file is shared with other programs. Only a signal whose handler does not restart calls interrupts it: SIGURG, which
// has no other use here and no effect by default.
enum { WAKING = SIGURG };

// On the stacks of the threads that write.
struct writer {
    pthread_t thread;
    struct writer *next;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct writer *writers;
static atomic_int is_given_up;

static void do_nothing(int number) { (void)number; }

static void enter(struct writer *writer) {
    pthread_mutex_lock(&mutex);
    writer->thread = pthread_self();
    writer->next = writers;
    writers = writer;
    pthread_mutex_unlock(&mutex);
}

static void leave(struct writer *writer) {
    int reason = errno;
    pthread_mutex_lock(&mutex);
    struct writer **place = &writers;
    while (*place != writer) place = &(*place)->next;
    *place = writer->next;
    pthread_mutex_unlock(&mutex);
    errno = reason;
}

static long write_or_give_up(int descriptor, const void *bytes, size_t count) {
    while (1) {
        long written = write(descriptor, bytes, count);
        if (written >= 0) return written;
        if (errno == EAGAIN) {
            struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
            if (poll(&ready, 1, -1) >= 0) continue;
        }
        if (errno != EINTR) return -1;
        if (atomic_load(&is_given_up)) {
            errno = ECANCELED;
            return -1;
        }
    }
}

long sesh_output_write(int descriptor, const void *bytes, size_t count) {
    struct writer writer;
    enter(&writer);
    long written = write_or_give_up(descriptor, bytes, count);
    leave(&writer);
    return written;
}

void sesh_output_give_up(int given_up) { atomic_store(&is_given_up, given_up); }

void sesh_output_wake(void) {
    struct sigaction action = {.sa_handler = do_nothing};
    sigemptyset(&action.sa_mask);
    pthread_mutex_lock(&mutex);
    if (writers) sigaction(WAKING, &action, NULL);
    for (struct writer *writer = writers; writer; writer = writer->next) pthread_kill(writer->thread, WAKING);
    pthread_mutex_unlock(&mutex);
}
