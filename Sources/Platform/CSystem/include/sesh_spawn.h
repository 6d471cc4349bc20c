#ifndef SESH_SPAWN_H
#define SESH_SPAWN_H

// In C because posix_spawn_file_actions_t is a structure on Linux and a pointer on macOS, and the two close what is left
// open by different calls. No system header here, for the reason given in sesh_signals.h.

/// Starts a program, found along PATH unless `arguments[0]` has a slash, with every signal at its default and unblocked.
///
/// It gets `descriptors[i]` as its descriptor i, `/dev/null` where that is -1; the first three at least are given.
/// Where `closes_others` is not 0 it has nothing else open, otherwise also all that lacks close-on-exec. Where
/// `new_session` is not 0 it gets a session of its own.
///
/// Returns 0 and sets `*process`, or returns an errno value.
int sesh_spawn(char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull environment,
               const int *_Nonnull descriptors, int count, int closes_others, int new_session, int *_Nonnull process);

#endif
