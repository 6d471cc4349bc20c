#ifndef SESH_OUTPUT_H
#define SESH_OUTPUT_H

#include <stddef.h>

/// As write(2), but also waits with a non-blocking file. After sesh_output_give_up(1) it waits at most until the next
/// sesh_output_wake() and fails with ECANCELED.
long sesh_output_write(int descriptor, const void *_Nonnull bytes, size_t count);
/// Whether writes that have to wait are given up.
void sesh_output_give_up(int given_up);
/// Wakes the threads that wait in sesh_output_write. A thread that is about to wait is missed, so it has to be called
/// repeatedly.
void sesh_output_wake(void);

#endif
