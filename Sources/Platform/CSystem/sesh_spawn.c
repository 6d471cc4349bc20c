#define _GNU_SOURCE
#include "sesh_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

enum { SESH_MOST_DESCRIPTORS = 8 };

static int set_attributes(posix_spawnattr_t *attributes, int closes_others, int new_session) {
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    if (new_session) flags |= POSIX_SPAWN_SETSID;
#ifdef __APPLE__
    if (closes_others) flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#else
    (void)closes_others;
#endif
    int error = posix_spawnattr_setflags(attributes, flags);
    if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
    return error;
}

static int connect_descriptor(posix_spawn_file_actions_t *actions, int number, int descriptor) {
    if (descriptor == -1) return posix_spawn_file_actions_addopen(actions, number, "/dev/null", O_RDWR, 0);
    if (descriptor != number) return posix_spawn_file_actions_adddup2(actions, descriptor, number);
    // Closed in the caller, and so in the child too.
    if (fcntl(descriptor, F_GETFD) == -1) return 0;
#ifdef __APPLE__
    return posix_spawn_file_actions_addinherit_np(actions, number);
#else
    return posix_spawn_file_actions_adddup2(actions, number, number);
#endif
}

static int set_actions(posix_spawn_file_actions_t *actions, const int *descriptors, int count, int closes_others) {
    int error = 0;
    for (int i = 0; i < count && error == 0; i++) error = connect_descriptor(actions, i, descriptors[i]);
#ifndef __APPLE__
    if (error == 0 && closes_others) error = posix_spawn_file_actions_addclosefrom_np(actions, count);
#else
    (void)closes_others;
#endif
    return error;
}

int sesh_spawn(char *const *arguments, char *const *environment, const int *descriptors, int count, int closes_others,
               int new_session, int *process) {
    if (count > SESH_MOST_DESCRIPTORS) return EINVAL;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int error = posix_spawnattr_init(&attributes);
    if (error != 0) return error;
    error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        posix_spawnattr_destroy(&attributes);
        return error;
    }
    int sources[SESH_MOST_DESCRIPTORS], copies[SESH_MOST_DESCRIPTORS];
    for (int i = 0; i < count; i++) {
        sources[i] = descriptors[i];
        copies[i] = -1;
        if (error != 0 || sources[i] < 0 || sources[i] >= count || sources[i] == i) continue;
        // Or the number would be another descriptor by the time it is copied.
        copies[i] = sources[i] = fcntl(sources[i], F_DUPFD_CLOEXEC, count);
        if (copies[i] < 0) error = errno;
    }
    if (error == 0) error = set_attributes(&attributes, closes_others, new_session);
    if (error == 0) error = set_actions(&actions, sources, count, closes_others);
    if (error == 0) error = posix_spawnp(process, arguments[0], &actions, &attributes, arguments, environment);
    for (int i = 0; i < count; i++) {
        if (copies[i] >= 0) close(copies[i]);
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}
