#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE // pipe2
#endif

#include "CCurl.h"

#include <fcntl.h>
#include <unistd.h>

bool sesh_curl_wakeup_pipe(int *read_end, int *write_end) {
    int ends[2];
#ifdef __linux__
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
#else
    if (pipe(ends) != 0) return false;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
#endif
    *read_end = ends[0];
    *write_end = ends[1];
    return true;
}
