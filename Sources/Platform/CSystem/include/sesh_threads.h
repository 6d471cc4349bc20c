#ifndef SESH_THREADS_H
#define SESH_THREADS_H

/// Starts a detached thread. The type of pthread_t and its optionality differ between platforms. Returns an errno.
int sesh_thread_start(void (*_Nonnull body)(void *_Nullable), void *_Nullable context);

#endif
