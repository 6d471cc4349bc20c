#define _GNU_SOURCE
#include "sesh_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

// The lowest descriptor that the copies below may get: none of them is then overwritten while 0 to 3 are set up.
enum { SESH_FIRST_SPARE_FD = 10 };

static int sesh_spawn_attributes(posix_spawnattr_t *attributes) {
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#ifdef __APPLE__
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    int error = posix_spawnattr_setflags(attributes, flags);
    if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
    return error;
}

static int sesh_spawn_actions(posix_spawn_file_actions_t *actions, int log_fd, int kept_fd) {
    int error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0) error = posix_spawn_file_actions_adddup2(actions, log_fd, STDOUT_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(actions, log_fd, STDERR_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(actions, kept_fd, 3);
#ifndef __APPLE__
    if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(actions, 4);
#endif
    return error;
}

int sesh_spawn_detached(const char *path, char *const *argv, char *const *envp, int log_fd, int kept_fd, pid_t *pid) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int error = posix_spawnattr_init(&attributes);
    if (error != 0) return error;
    error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        posix_spawnattr_destroy(&attributes);
        return error;
    }
    int log_copy = fcntl(log_fd, F_DUPFD_CLOEXEC, SESH_FIRST_SPARE_FD);
    int kept_copy = fcntl(kept_fd, F_DUPFD_CLOEXEC, SESH_FIRST_SPARE_FD);
    if (log_copy < 0 || kept_copy < 0) error = errno;
    if (error == 0) error = sesh_spawn_attributes(&attributes);
    if (error == 0) error = sesh_spawn_actions(&actions, log_copy, kept_copy);
    if (error == 0) error = posix_spawn(pid, path, &actions, &attributes, argv, envp);
    if (log_copy >= 0) close(log_copy);
    if (kept_copy >= 0) close(kept_copy);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}
