#ifndef SESH_LIBRARY_H
#define SESH_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/// A library that is opened on first use, so that a program that does without it does not pay for it.
struct sesh_library {
    /// The names of its functions, in the order of the pointers to them.
    const char *const *names;
    /// Where the pointers go; all set once `sesh_library_load` has returned true.
    void **functions;
    size_t count;
    /// What has to be called once before anything else; NULL: nothing. False if it failed.
    bool (*prepare)(void);
    bool loaded;
};

/// Opens a library and finds its functions; again it only checks that there is a library of that name.
///
/// `reason` says what is missing where it returns false.
bool sesh_library_load(struct sesh_library *library, const char *name, char *reason, size_t reason_capacity);

#endif
