#include "sesh_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

// In C because a handler may run between any two instructions, and only what signal-safety(7) lists may run in it:
// Swift does not promise that a closure touches neither locks nor the allocator.
static int ends[2] = {-1, -1};
static atomic_int writer = -1;
static int is_claimed;
static pthread_mutex_t claim = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction former[NSIG];
static unsigned char is_caught[NSIG];

static int is_from_keyboard(const siginfo_t *info) {
#ifdef SI_KERNEL
    // The terminal's line discipline sends as the kernel; kill(2) and its like never do (sigaction(2)).
    return info->si_code == SI_KERNEL;
#else
    (void)info;
    return 1;
#endif
}

static void note(int number, siginfo_t *info, void *context) {
    (void)context;
    int reason = errno;
    int descriptor = atomic_load(&writer);
    unsigned char byte = (unsigned char)(number | (is_from_keyboard(info) ? SESH_SIGNAL_FROM_KEYBOARD : 0));
    // A full pipe loses nothing that matters: thousands of signals are waiting to be read then.
    if (descriptor >= 0 && write(descriptor, &byte, 1) < 0) errno = reason;
    errno = reason;
}

static int open_pipe(void) {
    if (ends[0] >= 0) return 0;
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    return 0;
}

int sesh_signal_pipe_claim(void) {
    int result = -1;
    pthread_mutex_lock(&claim);
    if (is_claimed) {
        errno = EBUSY;
    } else if (open_pipe() == 0) {
        is_claimed = 1;
        atomic_store(&writer, ends[1]);
        result = ends[0];
    }
    pthread_mutex_unlock(&claim);
    return result;
}

void sesh_signal_pipe_end(void) {
    unsigned char end = 0;
    atomic_store(&writer, -1);
    // The reader empties the pipe, so a full one takes the mark in the end.
    while (write(ends[1], &end, 1) < 0 && (errno == EINTR || errno == EAGAIN)) sched_yield();
}

void sesh_signal_pipe_release(void) {
    pthread_mutex_lock(&claim);
    is_claimed = 0;
    pthread_mutex_unlock(&claim);
}

int sesh_signal_catch(int number) {
    struct sigaction present;
    if (number <= 0 || number >= NSIG || sigaction(number, NULL, &present) != 0) return -1;
    if (is_caught[number]) return 0;
    if (present.sa_handler == SIG_IGN) return 1;
    // Readers of the pipe wait for it with poll, so nothing depends on a call failing with EINTR.
    struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_RESTART | SA_SIGINFO};
    sigfillset(&action.sa_mask);
    former[number] = present;
    if (sigaction(number, &action, NULL) != 0) return -1;
    is_caught[number] = 1;
    return 0;
}

void sesh_signal_restore(int number) {
    if (number <= 0 || number >= NSIG || !is_caught[number]) return;
    is_caught[number] = 0;
    sigaction(number, &former[number], NULL);
}

void sesh_signal_default_and_raise(int number) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t only;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
    sigemptyset(&only);
    sigaddset(&only, number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
}

static void set_action(int number, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void sesh_signal_stop_process(int whole_group) {
    struct sigaction present;
    sigset_t only, mask;
    sigaction(SIGTSTP, NULL, &present);
    if (present.sa_handler == SIG_IGN) return;
    if (whole_group) {
        // This process leaves itself out and then stops by raise(), which returns only when it goes on; kill() could
        // return before. Ignoring comes twice: a signal that is blocked, as in a thread that is in a handler just now,
        // is kept although it is ignored, and would stop the process a second time; to ignore it discards it
        // (POSIX.1, 2.4.3).
        set_action(SIGTSTP, SIG_IGN);
        kill(0, SIGTSTP);
        set_action(SIGTSTP, SIG_IGN);
    }
    set_action(SIGTSTP, SIG_DFL);
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &only, &mask);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &present, NULL);
}
