#ifndef SESH_FOREGROUND_H
#define SESH_FOREGROUND_H

#include <sys/types.h>

#pragma clang assume_nonnull begin

/// Starts a program that has the terminal to itself while this one waits for it: in the same process group, so that the
/// keyboard's signals reach it, with every signal at its default and unblocked, `input` as standard input, `output` as
/// standard output and error, and nothing else open. In C for the reasons of sesh_spawn_detached.
///
/// Returns 0 and sets `*process`, or returns an errno value.
int sesh_spawn_foreground(
    const char *path, char *const _Nullable *_Nonnull arguments, char *const _Nullable *_Nonnull environment, int input,
    int output, pid_t *process);

#pragma clang assume_nonnull end

#endif
