#define _GNU_SOURCE  // fopencookie
#include "PlaceholderFilter.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

// libedit draws one buffer element as one character, so the editor gives it a private-use character for each
// cluster it could not draw. Those characters have no glyph; some fonts even have icons there. Both kinds of
// stream call the writer with whatever the buffer held, so a character may be cut between two calls.
struct filter {
    int descriptor;
    unsigned char pending[4];
    size_t held;
};

static int write_all(int descriptor, const unsigned char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written >= 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return -1;
        }
    }
    return 0;
}

// UTF-8 (RFC 3629): planes 15 and 16 are F3 B0..BF xx xx and F4 80..8F xx xx.
static int is_placeholder_lead(unsigned char lead, unsigned char second) {
    return (lead == 0xF3 && second >= 0xB0) || lead == 0xF4;
}

static ssize_t filter_bytes(struct filter *filter, const char *bytes, size_t count) {
    static const unsigned char glyph[3] = {0xE2, 0x96, 0xAF};
    unsigned char output[512];
    size_t used = 0;
    for (size_t index = 0; index < count; index++) {
        unsigned char byte = (unsigned char)bytes[index];
        if (filter->held == 0 && byte != 0xF3 && byte != 0xF4) {
            output[used++] = byte;
        } else {
            filter->pending[filter->held++] = byte;
            if (filter->held == 4) {
                int replace = is_placeholder_lead(filter->pending[0], filter->pending[1]);
                const unsigned char *source = replace ? glyph : filter->pending;
                for (size_t offset = 0; offset < (replace ? sizeof(glyph) : 4); offset++) {
                    output[used++] = source[offset];
                }
                filter->held = 0;
            }
        }
        if (used + 4 > sizeof(output)) {
            if (write_all(filter->descriptor, output, used) != 0) return -1;
            used = 0;
        }
    }
    if (write_all(filter->descriptor, output, used) != 0) return -1;
    return (ssize_t)count;
}

static int filter_close(void *cookie) {
    struct filter *filter = cookie;
    int result = close(filter->descriptor);
    free(filter);
    return result;
}

#ifdef __linux__
static ssize_t filter_write(void *cookie, const char *bytes, size_t count) {
    ssize_t written = filter_bytes(cookie, bytes, count);
    return written < 0 ? 0 : written;  // fopencookie(3): the write function must not return a negative value
}
#else
static int filter_write(void *cookie, const char *bytes, int count) {
    return (int)filter_bytes(cookie, bytes, (size_t)count);
}
#endif

FILE *sesh_placeholder_filter_open(int descriptor) {
    struct filter *filter = calloc(1, sizeof(*filter));
    if (filter == NULL) return NULL;
    filter->descriptor = descriptor;
#ifdef __linux__
    FILE *file = fopencookie(filter, "w", (cookie_io_functions_t){.write = filter_write, .close = filter_close});
#else
    FILE *file = funopen(filter, NULL, filter_write, NULL, filter_close);
#endif
    if (file == NULL) free(filter);
    return file;
}
