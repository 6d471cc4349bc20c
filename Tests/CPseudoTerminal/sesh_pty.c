#define _GNU_SOURCE  // openpty and SIGWINCH beside strict headers
#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>
#ifdef __linux__
#include <pty.h>
#else
#include <util.h>
#endif

int sesh_pty_open(int *master, int *slave, unsigned short columns, unsigned short rows) {
    struct winsize size = {.ws_col = columns, .ws_row = rows};
    if (openpty(master, slave, NULL, NULL, &size) != 0) return -1;
    fcntl(*master, F_SETFD, FD_CLOEXEC);
    fcntl(*slave, F_SETFD, FD_CLOEXEC);
    return 0;
}

int sesh_pty_resize(int master, unsigned short columns, unsigned short rows) {
    struct winsize size = {.ws_col = columns, .ws_row = rows};
    return ioctl(master, TIOCSWINSZ, &size);
}

int sesh_spawn_on_pty(
    int slave, const char *path, char *const *arguments, char *const *environment, const char *directory) {
    pid_t child = fork();
    if (child != 0) return child;
    // Only async-signal-safe calls from here on: the parent has threads (fork(2)).
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int target = 0; target <= 2; target++) {
        if (slave == target) {
            fcntl(slave, F_SETFD, 0);
        } else {
            dup2(slave, target);
        }
    }
    if (directory == NULL || chdir(directory) == 0) execve(path, arguments, environment);
    _exit(127);
}
