#ifdef __linux__
#define _GNU_SOURCE
#endif
#include "sesh_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#ifdef __linux__
#include <sys/prctl.h>
#else
#include <sys/resource.h>
#endif
#include <unistd.h>

int sesh_openat(int directory, const char *path, int flags, unsigned mode) {
    return openat(directory, path, flags, (mode_t)mode);
}

int sesh_pipe(int *ends, int is_nonblocking) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC | (is_nonblocking ? O_NONBLOCK : 0));
#else
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        if (is_nonblocking) fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
#endif
}

int sesh_flock(int file, int operation) { return flock(file, operation); }

int sesh_full_sync(int file) {
#ifdef F_FULLFSYNC
    if (fcntl(file, F_FULLFSYNC) == 0) return 0;
    if (errno != ENOTSUP && errno != EINVAL && errno != ENOTTY) return -1;
#endif
    return fsync(file);
}

int sesh_rename_exclusive(int directory, const char *from, const char *to) {
#ifdef __APPLE__
    if (renameatx_np(directory, from, directory, to, RENAME_EXCL) == 0) return 0;
    if (errno != ENOTSUP && errno != EINVAL) return -1;
#else
    if (renameat2(directory, from, directory, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != ENOSYS && errno != EINVAL) return -1;
#endif
    if (linkat(directory, from, directory, to, 0) != 0) return -1;
    // Nothing orders changes of a directory: without the sync a power cut could leave the file under neither name.
    // A caller that sees an error takes the rename not to have happened, and may try again after EINTR.
    int done;
    do done = sesh_full_sync(directory) == 0; while (!done && errno == EINTR);
    if (done) do done = unlinkat(directory, from, 0) == 0; while (!done && errno == EINTR);
    if (done) return 0;
    int error = errno;
    unlinkat(directory, to, 0);
    errno = error;
    return -1;
}

void sesh_error_text(int code, char *text, size_t room) {
#ifdef __GLIBC__
    // The GNU form may leave the buffer alone and return a constant.
    const char *words = strerror_r(code, text, room);
    if (words != text) snprintf(text, room, "%s", words);
#else
    if (strerror_r(code, text, room) != 0) snprintf(text, room, "error %d", code);
#endif
}

int sesh_refuse_core_dumps(void) {
#ifdef __linux__
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#else
    struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none);
#endif
}
