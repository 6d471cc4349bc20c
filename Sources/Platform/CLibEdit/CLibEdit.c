#define _GNU_SOURCE  // fopencookie
#include "CLibEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct sesh_edit {
    EditLine *line;
    FILE *input;
    FILE *output;
    FILE *error;
    int terminal;
    // Whether the bell was requested.
    int bell;
};

// libedit's output is discarded, since the caller draws the line from el_wline. Only its bell is noted.
static void note_bell(struct sesh_edit *editor, const char *bytes, size_t count) {
    if (memchr(bytes, '\a', count) != NULL) editor->bell = 1;
}

#ifdef __linux__
static ssize_t discard(void *cookie, const char *bytes, size_t count) {
    note_bell(cookie, bytes, count);
    return (ssize_t)count;
}
#else
static int discard(void *cookie, const char *bytes, int count) {
    note_bell(cookie, bytes, (size_t)count);
    return count;
}
#endif

static FILE *open_sink(struct sesh_edit *editor) {
#ifdef __linux__
    return fopencookie(editor, "w", (cookie_io_functions_t){.write = discard});
#else
    return funopen(editor, NULL, discard, NULL, NULL);
#endif
}

static void close_streams(sesh_edit *editor) {
    if (editor->input != NULL) fclose(editor->input);
    if (editor->output != NULL) fclose(editor->output);
    if (editor->error != NULL) fclose(editor->error);
    if (editor->terminal >= 0) close(editor->terminal);
    free(editor);
}

// An unknown terminal is not worth the two lines that libedit has for it: it draws with what all terminals know then.
static EditLine *open_line(const char *program, sesh_edit *editor, const int descriptors[3]) {
    FILE *nowhere = fopen("/dev/null", "we");
    FILE *error = nowhere != NULL ? nowhere : editor->error;
    // The descriptors are named because the output's stream has none. By its own libedit asks for the terminal's modes.
    EditLine *line = el_init_fd(
        program, editor->input, editor->output, error, descriptors[0], descriptors[1], descriptors[2]);
    if (line != NULL) el_set(line, EL_SETFP, 2, editor->error);
    if (nowhere != NULL) fclose(nowhere);
    return line;
}

sesh_edit *sesh_edit_open(const char *program, int input, int output) {
    sesh_edit *editor = calloc(1, sizeof(*editor));
    if (editor == NULL) return NULL;
    // Copies, because libedit changes the terminal's modes through the numbers it was given: by then the caller may
    // have closed them and something else may have them.
    int copies[3] = {
        fcntl(input, F_DUPFD_CLOEXEC, 0), fcntl(output, F_DUPFD_CLOEXEC, 0), fcntl(output, F_DUPFD_CLOEXEC, 0)};
    editor->terminal = copies[1];
    if (copies[0] >= 0) editor->input = fdopen(copies[0], "r");
    if (copies[1] >= 0) editor->output = open_sink(editor);
    if (copies[2] >= 0) editor->error = fdopen(copies[2], "w");
    if (editor->input != NULL && editor->output != NULL && editor->error != NULL) {
        // At once, and not when the program ends: it is the mistakes in ~/.editrc that are told there.
        setvbuf(editor->error, NULL, _IONBF, 0);
        editor->line = open_line(program, editor, copies);
    }
    if (editor->line != NULL) return editor;
    int reason = errno;
    if (editor->input == NULL && copies[0] >= 0) close(copies[0]);
    if (editor->error == NULL && copies[2] >= 0) close(copies[2]);
    close_streams(editor);
    errno = reason;
    return NULL;
}

void sesh_edit_close(sesh_edit *editor) {
    // Otherwise el_end would restore the modes with TCSAFLUSH (tty.c, tty_end), which discards keys for the next
    // reader.
    el_set(editor->line, EL_EDITMODE, 0);
    el_end(editor->line);
    close_streams(editor);
}

EditLine *sesh_edit_line(sesh_edit *editor) { return editor->line; }

void sesh_edit_ring(sesh_edit *editor) { editor->bell = 1; }

int sesh_edit_take_bell(sesh_edit *editor) {
    int bell = editor->bell;
    editor->bell = 0;
    return bell;
}

int sesh_edit_set_context(EditLine *edit, void *context) { return el_wset(edit, EL_CLIENTDATA, context); }

void *sesh_edit_context(EditLine *edit) {
    void *context = NULL;
    el_wget(edit, EL_CLIENTDATA, &context);
    return context;
}

int sesh_edit_set_reader(EditLine *edit, sesh_edit_reader reader) { return el_wset(edit, EL_GETCFN, reader); }

int sesh_edit_set_emacs(EditLine *edit) { return el_set(edit, EL_EDITOR, "emacs"); }

int sesh_edit_add_function(EditLine *edit, const char *name, const char *help, sesh_edit_function function) {
    return el_set(edit, EL_ADDFN, name, help, function);
}

int sesh_edit_bind(EditLine *edit, const char *key, const char *function) {
    return el_set(edit, EL_BIND, key, function, NULL);
}

int sesh_edit_bind_alternative(EditLine *edit, const char *key, const char *function) {
    return el_set(edit, EL_BIND, "-a", key, function, NULL);
}

char *sesh_edit_bindings(EditLine *edit) {
    char *text = NULL;
    size_t size = 0;
    FILE *output = NULL;
    FILE *listing = open_memstream(&text, &size);
    if (listing == NULL) return NULL;
    // The descriptor that goes with the stream is used only when an editor is made (tty.c, tty_setup).
    if (el_get(edit, EL_GETFP, 1, &output) == 0 && el_set(edit, EL_SETFP, 1, listing) == 0) {
        el_set(edit, EL_BIND, NULL);
        el_set(edit, EL_SETFP, 1, output);
    }
    fclose(listing);
    return text;
}

int sesh_edit_is_vi(EditLine *edit) {
    const char *editor = NULL;
    return el_get(edit, EL_EDITOR, &editor) == 0 && editor != NULL && strcmp(editor, "vi") == 0;
}

int sesh_edit_take_all_keys(EditLine *edit) {
    return el_set(edit, EL_SETTY, "-d", "-isig", "-ixon", "-ixoff", "-iexten", NULL);
}

int sesh_edit_hold_keys(EditLine *edit) {
    int is_editing = 0;
    // Where editing is off libedit has not looked at the modes, and those it would set hang up.
    if (el_get(edit, EL_EDITMODE, &is_editing) != 0 || !is_editing) return 0;
    return el_set(edit, EL_SETTY, "-x", "-icanon", "-echo", "-iexten", "+noflsh", "+icrnl", "+inlcr", NULL);
}

void sesh_edit_refresh(EditLine *edit) { el_set(edit, EL_REFRESH); }

void sesh_edit_prepare_terminal(EditLine *edit, int editing) { el_set(edit, EL_PREP_TERM, editing); }

int sesh_edit_attach_history(EditLine *edit, HistoryW *history) {
    return el_wset(edit, EL_HIST, history_w, history);
}

int sesh_history_limit(HistoryW *history, int entries) {
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, entries);
}

int sesh_history_unique(HistoryW *history, int unique) {
    HistEventW event;
    return history_w(history, &event, H_SETUNIQUE, unique);
}

int sesh_history_enter(HistoryW *history, const wchar_t *entry) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, entry);
}

int sesh_history_clear(HistoryW *history) {
    HistEventW event;
    return history_w(history, &event, H_CLEAR);
}
