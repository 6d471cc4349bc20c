#ifndef CPSEUDOTERMINAL_H
#define CPSEUDOTERMINAL_H

#pragma clang assume_nonnull begin

/// Opens a pseudo-terminal of the given size; both descriptors are close-on-exec. -1 with errno set on failure.
int sesh_pty_open(int *master, int *slave, unsigned short columns, unsigned short rows);
/// Changes the size of the window; the kernel sends SIGWINCH to the foreground group.
int sesh_pty_resize(int master, unsigned short columns, unsigned short rows);
/// Starts a program in a session of its own with the slave as controlling terminal and standard streams, default
/// signal actions and no signal blocked. posix_spawn(3) has no portable way to acquire a controlling terminal.
/// Returns the process id, or -1 with errno set.
int sesh_spawn_on_pty(
    int slave, const char *path, char *const _Nullable *_Nonnull arguments, char *const _Nullable *_Nonnull environment,
    const char *_Nullable directory);

#pragma clang assume_nonnull end

#endif
