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

/// Opens an editor on duplicates of the descriptors, which draws nothing: what is edited is for the caller to draw, from
/// el_wline, before each key is read. Null with errno set on failure.
sesh_edit *_Nullable sesh_edit_open(const char *program, int input, int output);
/// Closes what sesh_edit_open opened; the terminal's modes are left as they are.
void sesh_edit_close(sesh_edit *editor);

EditLine *sesh_edit_line(sesh_edit *editor);

/// Asks for the bell, as the editor itself does for keys that can't do anything.
void sesh_edit_ring(sesh_edit *editor);
/// Whether the bell was asked for since the last call.
int sesh_edit_take_bell(sesh_edit *editor);

int sesh_edit_set_context(EditLine *edit, void *_Nullable context);
void *_Nullable sesh_edit_context(EditLine *edit);
int sesh_edit_set_reader(EditLine *edit, sesh_edit_reader reader);
int sesh_edit_set_emacs(EditLine *edit);
int sesh_edit_add_function(EditLine *edit, const char *name, const char *help, sesh_edit_function function);
int sesh_edit_bind(EditLine *edit, const char *key, const char *function);
/// Binds in the alternative map too: vi's command mode.
int sesh_edit_bind_alternative(EditLine *edit, const char *key, const char *function);
/// Lists what all keys are bound to, as the command `bind` does; the caller frees it. Null on failure.
char *_Nullable sesh_edit_bindings(EditLine *edit);
/// Whether the keys are vi's.
int sesh_edit_is_vi(EditLine *edit);
/// Makes all keys characters while a line is edited: ^C, ^\ and ^Z are no signals, ^S and ^Q don't stop and start the
/// output, and ^V and ^O are not taken by the terminal (termios(3): ISIG, IXON, IEXTEN). A paste may contain any of them.
int sesh_edit_take_all_keys(EditLine *edit);
/// Lets keys wait between two lines as they were pressed, not shown, for the next line: without ICANON ^D, ^U and Backspace
/// wait too, and Enter and Ctrl-J come out as while a line is edited, since it is on arrival that they are translated
/// (termios(3): ICRNL, INLCR). ISIG stays on: ^C and ^Z are signals, and what waits stays (NOFLSH).
int sesh_edit_hold_keys(EditLine *edit);
/// Makes the editor's own picture of the line, which nobody sees, anew.
///
/// Wanted after every change but one character more at the end: in a text that is taller than the window, cursor movements
/// leave the rows counted wrongly, and the next character at the end is written outside the picture (refresh.c,
/// re_fastputc: r_oldcv runs past t_size.v).
void sesh_edit_refresh(EditLine *edit);
/// Puts the terminal in the editing mode (1) or back in its former one (0).
void sesh_edit_prepare_terminal(EditLine *edit, int editing);

int sesh_edit_attach_history(EditLine *edit, HistoryW *history);
int sesh_history_limit(HistoryW *history, int entries);
int sesh_history_unique(HistoryW *history, int unique);
int sesh_history_enter(HistoryW *history, const wchar_t *entry);
int sesh_history_clear(HistoryW *history);

#pragma clang assume_nonnull end

#endif
