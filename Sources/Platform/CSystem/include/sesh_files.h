#ifndef SESH_FILES_H
#define SESH_FILES_H

#include <stddef.h>

// Calls for files that Swift's Glibc and Darwin modules hide, name differently or import ambiguously.
// Each returns 0 or a descriptor, or -1 with errno set, and is not restarted after EINTR.

/// openat(2): Swift does not import variadic functions the same way on every platform.
int sesh_openat(int directory, const char *_Nonnull path, int flags, unsigned mode);

/// pipe(2), both ends closed on exec and, if asked for, non-blocking. pipe2(2) leaves no moment in which a fork could
/// inherit them, but Swift's Glibc module hides it and Darwin lacks it.
int sesh_pipe(int *_Nonnull ends, int is_nonblocking);

/// flock(2): Swift imports a structure of the same name.
int sesh_flock(int file, int operation);

/// Forces a file's data and metadata to the medium: fsync(2), on macOS F_FULLFSYNC, since fsync there stops at the
/// drive's cache; fsync where a file system does not know F_FULLFSYNC.
int sesh_full_sync(int file);

/// Renames within a directory unless the new name is taken (EEXIST): renameat2(2) with RENAME_NOREPLACE, on macOS
/// renameatx_np(2) with RENAME_EXCL; link(2), a sync of the directory, and unlink(2) where the file system knows
/// neither.
int sesh_rename_exclusive(int directory, const char *_Nonnull from, const char *_Nonnull to);

/// Keeps this process's memory out of core dumps. The programs that it starts are not affected.
/// On Linux by PR_SET_DUMPABLE, which also holds where dumps are piped to a program: those pass over RLIMIT_CORE
/// (core(5)). On macOS by RLIMIT_CORE.
int sesh_refuse_core_dumps(void);

/// The system's words for an error number, cut to the size of the buffer: strerror_r(3), whose two forms differ.
void sesh_error_text(int code, char *_Nonnull text, size_t room);

#endif
