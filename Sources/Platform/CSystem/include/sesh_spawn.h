#ifndef SESH_SPAWN_H
#define SESH_SPAWN_H

#include <sys/types.h>

/// Starts a program that outlives this process: in a session of its own, with every signal at its default and
/// unblocked, `/dev/null` as standard input, `log_fd` as standard output and error, `kept_fd` as descriptor 3,
/// and nothing else open. In C because `posix_spawn_file_actions_t` is a structure on Linux and a pointer on
/// macOS, and the two close what is left open by different calls.
///
/// Returns 0 and sets `*pid`, or returns an errno value.
int sesh_spawn_detached(const char *_Nonnull path, char *_Nullable const *_Nonnull argv,
                        char *_Nullable const *_Nonnull envp, int log_fd, int kept_fd, pid_t *_Nonnull pid);

#endif
