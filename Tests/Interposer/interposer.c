// Stands between a program and the C library's file calls (ld.so(8), LD_PRELOAD): writes down every call below a
// directory, makes chosen calls fail, or kills the program before one. Built by the tests that use it.
//
//   CALLS_ROOT   the directory; nothing elsewhere is touched
//   CALLS_LOG    where the calls are written down, in the order in which they took effect
//   CALLS_FAULT  "<kind> <nth> <times> <errno>", or several of them with ";" between: which call of a kind fails, and
//                how many in a row; errno 0 is a short count, which is no failure, and -1 a write of nothing. A program
//                that never ends then is ended by SIGALRM.
//   CALLS_KILL   the number of the changing call before which the program is killed
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_FILES = 1024 };
static char paths[MOST_FILES][PATH_MAX];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static int log_file = -1;
static struct {
    char kind[16];
    int first, times, code, seen;
} faults[4];
static int fault_count, fault_code;
static int kill_at, changes_seen;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

__attribute__((constructor)) static void begin(void) {
    root = getenv("CALLS_ROOT");
    const char *log = getenv("CALLS_LOG");
    if (log) log_file = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const char *fault = getenv("CALLS_FAULT");
    if (fault) alarm(120);
    while (fault && fault_count < (int)(sizeof faults / sizeof faults[0])) {
        __typeof__(&faults[0]) next = &faults[fault_count];
        fault_count += sscanf(fault, "%15s %d %d %d", next->kind, &next->first, &next->times, &next->code) == 4;
        fault = strchr(fault, ';');
        if (fault) fault++;
    }
    const char *kill = getenv("CALLS_KILL");
    if (kill) kill_at = atoi(kill);
}

static int is_below(const char *path) {
    size_t length = root ? strlen(root) : 0;
    return length && strncmp(path, root, length) == 0 && (path[length] == 0 || path[length] == '/');
}

// Finds the path of an entry; an empty one is none of ours.
static void resolve(int directory, const char *name, char *path) {
    path[0] = 0;
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else if (directory >= 0 && directory < MOST_FILES && paths[directory][0]) {
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) snprintf(path, PATH_MAX, "%s", paths[directory]);
        else if (snprintf(path, PATH_MAX, "%s/%s", paths[directory], name) >= PATH_MAX) path[0] = 0;
    }
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') path[--length] = 0;
    // Directories are opened by what they are, so the one above is that of the path.
    char *last = strcmp(name, "..") == 0 ? strrchr(path, '/') : NULL;
    if (last) *last = 0;
    if (!is_below(path)) path[0] = 0;
}

static int is_ours(int file) { return file >= 0 && file < MOST_FILES && paths[file][0]; }

static void note(const char *format, ...) {
    if (log_file < 0) return;
    char line[2 * PATH_MAX + 64];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length > 0) (void)!REAL(write)(log_file, line, (size_t)length);
}

static void note_bytes(const char *call, int file, const void *bytes, size_t count) {
    if (log_file < 0) return;
    note("%s\t%d\t%zu\n", call, file, count);
    (void)!REAL(write)(log_file, bytes, count);
    (void)!REAL(write)(log_file, "\n", 1);
}

// Counts a call that is ours. Returns whether it is to be disturbed; then `fault_code` says how.
static int disturbed(const char *kind, int changes) {
    note("call\t%s\n", kind);
    if (changes && kill_at && ++changes_seen == kill_at) kill(getpid(), SIGKILL);
    int disturb = 0;
    for (int index = 0; index < fault_count; index++) {
        if (strcmp(kind, faults[index].kind) != 0) continue;
        int number = ++faults[index].seen;
        if (number < faults[index].first || number - faults[index].first >= faults[index].times) continue;
        fault_code = faults[index].code;
        disturb = 1;
    }
    return disturb;
}

static int fails(const char *kind, int changes) { return disturbed(kind, changes) && fault_code; }

#define ENTER   \
    int outcome; \
    pthread_mutex_lock(&mutex)
#define LEAVE                       \
    do {                            \
        int code = errno;           \
        pthread_mutex_unlock(&mutex); \
        errno = code;               \
        return outcome;             \
    } while (0)

static int opening(int directory, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    ENTER;
    resolve(directory, name, path);
    if (path[0] && fails("open", flags & O_CREAT)) {
        errno = fault_code;
        outcome = -1;
    } else {
        outcome = REAL(openat)(directory, name, flags, mode);
        if (outcome >= 0 && outcome < MOST_FILES) {
            strcpy(paths[outcome], path);
            if (path[0]) note("open\t%d\t%s\t%d\t%d\n", outcome, path, !!(flags & O_CREAT), !!(flags & O_TRUNC));
        }
    }
    LEAVE;
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPENING(name, parameters, directory)       \
    int name parameters {                          \
        va_list arguments;                         \
        va_start(arguments, flags);                \
        mode_t mode = mode_of(flags, arguments);   \
        va_end(arguments);                         \
        return opening(directory, path, flags, mode); \
    }
OPENING(openat, (int directory, const char *path, int flags, ...), directory)
OPENING(openat64, (int directory, const char *path, int flags, ...), directory)
OPENING(open, (const char *path, int flags, ...), AT_FDCWD)
OPENING(open64, (const char *path, int flags, ...), AT_FDCWD)

int close(int file) {
    ENTER;
    int ours = is_ours(file);
    int failing = ours && fails("close", 0);
    outcome = REAL(close)(file);
    if (ours) {
        note("close\t%d\n", file);
        paths[file][0] = 0;
    }
    // Whatever close(2) returns, Linux has closed the file.
    if (failing) {
        errno = fault_code;
        outcome = -1;
    }
    LEAVE;
}

static ssize_t writing(int file, const void *bytes, size_t count, off_t place, int is_placed) {
    if (!is_ours(file) && file != STDOUT_FILENO) {
        return is_placed ? REAL(pwrite)(file, bytes, count, place) : REAL(write)(file, bytes, count);
    }
    ssize_t outcome;
    pthread_mutex_lock(&mutex);
    // What the program prints is its acknowledgement; its place among the calls counts.
    if (!is_ours(file)) note_bytes("mark", file, bytes, count);
    int disturb = is_ours(file) && disturbed("write", 1);
    if (disturb && fault_code < 0) {
        outcome = 0;
    } else if (disturb && fault_code) {
        errno = fault_code;
        outcome = -1;
    } else {
        if (disturb && count > 1) count /= 2;
        outcome = is_placed ? REAL(pwrite)(file, bytes, count, place) : REAL(write)(file, bytes, count);
        if (outcome > 0 && is_ours(file)) {
            if (is_placed) note("seek\t%d\t%lld\n", file, (long long)place);
            note_bytes("write", file, bytes, (size_t)outcome);
        }
    }
    LEAVE;
}

ssize_t write(int file, const void *bytes, size_t count) { return writing(file, bytes, count, 0, 0); }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) { return writing(file, bytes, count, place, 1); }

static ssize_t reading(int file, void *bytes, size_t count, off_t place, int is_placed) {
    // A read of anything else may wait, and must not keep other threads waiting.
    if (!is_ours(file)) {
        return is_placed ? REAL(pread)(file, bytes, count, place) : REAL(read)(file, bytes, count);
    }
    ssize_t outcome;
    pthread_mutex_lock(&mutex);
    int disturb = disturbed("read", 0);
    if (disturb && fault_code) {
        errno = fault_code;
        outcome = -1;
    } else {
        if (disturb && count > 1) count /= 2;
        outcome = is_placed ? REAL(pread)(file, bytes, count, place) : REAL(read)(file, bytes, count);
    }
    LEAVE;
}

ssize_t read(int file, void *bytes, size_t count) { return reading(file, bytes, count, 0, 0); }
ssize_t pread(int file, void *bytes, size_t count, off_t place) { return reading(file, bytes, count, place, 1); }

#define ON_FILE(kind, changes, call, noted)       \
    ENTER;                                        \
    int ours = is_ours(file);                     \
    if (ours && fails(kind, changes)) {           \
        errno = fault_code;                       \
        outcome = -1;                             \
    } else {                                      \
        outcome = call;                           \
    }                                             \
    if (ours) noted;                              \
    LEAVE

int fsync(int file) {
    ON_FILE("fsync", 1, REAL(fsync)(file), note("%s\t%d\n", outcome == 0 ? "fsync" : "fsyncfailed", file));
}
int fdatasync(int file) {
    ON_FILE("fsync", 1, REAL(fdatasync)(file), note("%s\t%d\n", outcome == 0 ? "fsync" : "fsyncfailed", file));
}
int ftruncate(int file, off_t length) {
    ON_FILE("truncate", 1, REAL(ftruncate)(file, length),
        if (outcome == 0) note("truncate\t%d\t%lld\n", file, (long long)length));
}
int flock(int file, int operation) { ON_FILE("flock", 0, REAL(flock)(file, operation), (void)0); }
int fchmod(int file, mode_t mode) { ON_FILE("chmod", 0, REAL(fchmod)(file, mode), (void)0); }
int fstat(int file, struct stat *status) { ON_FILE("stat", 0, REAL(fstat)(file, status), (void)0); }

int fstatat(int directory, const char *name, struct stat *status, int flags) {
    char path[PATH_MAX];
    ENTER;
    resolve(directory, name, path);
    if (path[0] && fails("stat", 0)) {
        errno = fault_code;
        outcome = -1;
    } else {
        outcome = REAL(fstatat)(directory, name, status, flags);
    }
    LEAVE;
}

int faccessat(int directory, const char *name, int mode, int flags) {
    char path[PATH_MAX];
    ENTER;
    resolve(directory, name, path);
    if (path[0] && fails("access", 0)) {
        errno = fault_code;
        outcome = -1;
    } else {
        outcome = REAL(faccessat)(directory, name, mode, flags);
    }
    LEAVE;
}

int fcntl(int file, int command, ...) {
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    // Waiting for a record lock of another file must not keep other threads waiting.
    if (!is_ours(file)) return REAL(fcntl)(file, command, argument);
    ENTER;
    int copies = command == F_DUPFD || command == F_DUPFD_CLOEXEC;
    if (copies && fails("dup", 0)) {
        errno = fault_code;
        outcome = -1;
    } else {
        outcome = REAL(fcntl)(file, command, argument);
        if (copies && outcome >= 0 && outcome < MOST_FILES) {
            if (outcome != file) memmove(paths[outcome], paths[file], PATH_MAX);
            note("open\t%d\t%s\t0\t0\n", outcome, paths[outcome]);
        }
    }
    LEAVE;
}

struct dirent *readdir(DIR *stream) {
    struct dirent *outcome;
    pthread_mutex_lock(&mutex);
    int earlier = errno;
    if (is_ours(dirfd(stream)) && fails("readdir", 0)) {
        errno = fault_code;
        outcome = NULL;
    } else {
        errno = earlier;
        outcome = REAL(readdir)(stream);
    }
    LEAVE;
}

int closedir(DIR *stream) {
    ENTER;
    int file = dirfd(stream);
    if (is_ours(file)) {
        note("close\t%d\n", file);
        paths[file][0] = 0;
    }
    outcome = REAL(closedir)(stream);
    LEAVE;
}

static int renaming(int from, const char *name, int to, const char *new_name, unsigned flags) {
    char path[PATH_MAX], new_path[PATH_MAX];
    ENTER;
    resolve(from, name, path);
    resolve(to, new_name, new_path);
    if (path[0] && fails("rename", 1)) {
        errno = fault_code;
        outcome = -1;
    } else {
        outcome = REAL(renameat2)(from, name, to, new_name, flags);
        if (outcome == 0 && path[0]) note("rename\t%s\t%s\n", path, new_path);
    }
    LEAVE;
}

int renameat2(int from, const char *name, int to, const char *new_name, unsigned flags) {
    return renaming(from, name, to, new_name, flags);
}
int renameat(int from, const char *name, int to, const char *new_name) {
    return renaming(from, name, to, new_name, 0);
}
int rename(const char *name, const char *new_name) { return renaming(AT_FDCWD, name, AT_FDCWD, new_name, 0); }

int linkat(int from, const char *name, int to, const char *new_name, int flags) {
    char path[PATH_MAX], new_path[PATH_MAX];
    ENTER;
    resolve(from, name, path);
    resolve(to, new_name, new_path);
    if (path[0] && fails("link", 1)) {
        errno = fault_code;
        outcome = -1;
    } else {
        outcome = REAL(linkat)(from, name, to, new_name, flags);
        if (outcome == 0 && path[0]) note("link\t%s\t%s\n", path, new_path);
    }
    LEAVE;
}

#define ON_ENTRY(kind, changes, directory, name, call, noted) \
    char path[PATH_MAX];                          \
    ENTER;                                        \
    resolve(directory, name, path);               \
    if (path[0] && fails(kind, changes)) {        \
        errno = fault_code;                       \
        outcome = -1;                             \
    } else {                                      \
        outcome = call;                           \
        if (outcome == 0 && path[0]) note(noted "\t%s\n", path); \
    }                                             \
    LEAVE

int unlinkat(int directory, const char *name, int flags) {
    ON_ENTRY("unlink", 1, directory, name, REAL(unlinkat)(directory, name, flags), "unlink");
}
int unlink(const char *name) { ON_ENTRY("unlink", 1, AT_FDCWD, name, REAL(unlink)(name), "unlink"); }
int mkdirat(int directory, const char *name, mode_t mode) {
    ON_ENTRY("mkdir", 1, directory, name, REAL(mkdirat)(directory, name, mode), "mkdir");
}
int mkdir(const char *name, mode_t mode) { ON_ENTRY("mkdir", 1, AT_FDCWD, name, REAL(mkdir)(name, mode), "mkdir"); }
int fchmodat(int directory, const char *name, mode_t mode, int flags) {
    ON_ENTRY("chmod", 0, directory, name, REAL(fchmodat)(directory, name, mode, flags), "chmod");
}
