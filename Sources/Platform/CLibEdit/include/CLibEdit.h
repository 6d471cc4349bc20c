#ifndef SESH_CLIBEDIT_H
#define SESH_CLIBEDIT_H

// Swift cannot call C variadics, and nearly all of libedit is behind el_set, el_get and history_w.
// Each function here is one of their operations, with the types that operation really takes.

#include <histedit.h>
#include <wchar.h>

#pragma clang assume_nonnull begin

typedef struct sesh_edit sesh_edit;

/// A function bound to keys; returns one of the CC_ codes below.
typedef unsigned char (*sesh_edit_function)(EditLine *edit, wint_t key);
/// Stores the next character and returns 1; 0 is the end of input, -1 an error.
typedef int (*sesh_edit_reader)(EditLine *edit, wchar_t *character);

/// Result codes of editor functions; Swift does not import the macros when they are redefined per platform.
enum {
    SESH_CC_NORM = CC_NORM,
    SESH_CC_EOF = CC_EOF,
    SESH_CC_REFRESH = CC_REFRESH,
    SESH_CC_ERROR = CC_ERROR,
};

/// Opens an editor on duplicates of the descriptors. It draws nothing: the caller draws the text, from el_wline, before
/// each key is read. Null with errno set on failure.
sesh_edit *_Nullable sesh_edit_open(const char *program, int input, int output);
/// Closes an editor; the terminal's modes don't change.
void sesh_edit_close(sesh_edit *editor);

EditLine *sesh_edit_line(sesh_edit *editor);

/// Requests the bell, as the editor itself does for keys without effect.
void sesh_edit_ring(sesh_edit *editor);
/// Whether the bell was requested since the last call.
int sesh_edit_take_bell(sesh_edit *editor);

int sesh_edit_set_context(EditLine *edit, void *_Nullable context);
void *_Nullable sesh_edit_context(EditLine *edit);
int sesh_edit_set_reader(EditLine *edit, sesh_edit_reader reader);
int sesh_edit_set_emacs(EditLine *edit);
int sesh_edit_add_function(EditLine *edit, const char *name, const char *help, sesh_edit_function function);
int sesh_edit_bind(EditLine *edit, const char *key, const char *function);
/// The same for the alternative map: vi's command mode.
int sesh_edit_bind_alternative(EditLine *edit, const char *key, const char *function);
/// Lists all key bindings, as the command `bind` does; the caller frees the list. Null on failure.
char *_Nullable sesh_edit_bindings(EditLine *edit);
/// Whether the keys are vi's.
int sesh_edit_is_vi(EditLine *edit);
/// Makes all keys characters while a line is edited: ^C, ^\ and ^Z don't send signals, ^S and ^Q don't stop and start
/// the output, and ^V and ^O have no function of the terminal (termios(3): ISIG, IXON, IEXTEN). A paste may contain any
/// of them.
int sesh_edit_take_all_keys(EditLine *edit);
/// Lets keys wait for the next line between two lines, without echo: without ICANON ^D, ^U and Backspace wait too, and
/// Enter and Ctrl-J are translated on arrival, as while a line is edited (termios(3): ICRNL, INLCR). ISIG stays on: ^C
/// and ^Z send signals, and waiting keys are kept (NOFLSH).
int sesh_edit_hold_keys(EditLine *edit);
/// Refreshes the editor's own picture of the line, which is not shown.
///
/// Needed after every change except for one more character at the end: in a text that is taller than the window, cursor
/// movements leave the rows counted wrongly, and the next character at the end is written outside the picture
/// (refresh.c, re_fastputc: r_oldcv runs past t_size.v).
void sesh_edit_refresh(EditLine *edit);
/// Sets the terminal's modes for editing (1) or restores the former ones (0).
void sesh_edit_prepare_terminal(EditLine *edit, int editing);

int sesh_edit_attach_history(EditLine *edit, HistoryW *history);
int sesh_history_limit(HistoryW *history, int entries);
int sesh_history_unique(HistoryW *history, int unique);
int sesh_history_enter(HistoryW *history, const wchar_t *entry);
int sesh_history_clear(HistoryW *history);

#pragma clang assume_nonnull end

#endif
