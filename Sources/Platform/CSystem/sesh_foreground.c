#define _GNU_SOURCE
#include "sesh_foreground.h"

#include <signal.h>
#include <spawn.h>
#include <unistd.h>

static int set_up(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, int input, int output) {
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#ifdef __APPLE__
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    int error = posix_spawnattr_setflags(attributes, flags);
    if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
    // Input last: a terminal on descriptor 0 may be what is drawn on.
    if (error == 0) error = posix_spawn_file_actions_adddup2(actions, output, STDERR_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);
#ifndef __APPLE__
    if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
    return error;
}

int sesh_spawn_foreground(
    const char *path, char *const *arguments, char *const *environment, int input, int output, pid_t *process) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int error = posix_spawnattr_init(&attributes);
    if (error != 0) return error;
    error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        error = set_up(&attributes, &actions, input, output);
        if (error == 0) error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
        posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawnattr_destroy(&attributes);
    return error;
}
