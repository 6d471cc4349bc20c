#ifndef SESH_SIGNALS_H
#define SESH_SIGNALS_H

// No system header here: the types it declares would then belong to this module for every Swift file that imports it.

/// Lets the handler write to the process's signal pipe and returns its reading end, blocking and close-on-exec. The
/// pipe is made once and never closed, since a handler may be about to write. -1 with errno EBUSY while it is claimed.
int sesh_signal_pipe_claim(void);
/// Stops the handlers' writing, and writes the byte 0, which tells the reader to end.
void sesh_signal_pipe_end(void);
/// Lets the pipe be claimed again; only when the former reader has ended, or it would take the next one's bytes.
void sesh_signal_pipe_release(void);
/// The bit beside a signal's number for one from the keyboard, also set where that is unknown.
enum { SESH_SIGNAL_FROM_KEYBOARD = 0x80 };
/// Installs a handler that writes the signal's number, one byte with the bit above, to the pipe. An ignored signal
/// stays ignored, which returns 1: nohup(1) relies on it. -1 with errno set on failure.
int sesh_signal_catch(int number);
/// Restores the action that sesh_signal_catch has replaced, if any.
void sesh_signal_restore(int number);
/// Sets the default action, unblocks the signal in this thread and raises it; returns if it was not fatal.
void sesh_signal_default_and_raise(int number);
/// Stops the process as SIGTSTP does and returns when it continues, with the action of SIGTSTP as before. With
/// whole_group the rest of its process group stops too, as by ^Z, or the shell would take a pipeline for running.
void sesh_signal_stop_process(int whole_group);

#endif
