#ifndef SESH_THREADS_H
#define SESH_THREADS_H

/// Starts a detached thread. The type of pthread_t and its optionality differ between platforms. Returns an errno.
/// Where `blocks_signals` is not 0, no signal is delivered to the thread but those that report a fault of its own.
int sesh_thread_start(void (*_Nonnull body)(void *_Nullable), void *_Nullable context, int blocks_signals);

#endif
