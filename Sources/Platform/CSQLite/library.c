#include "CSQLite.h"

#include "sesh_library.h"

// The part of sqlite3.h that is used here. SQLite keeps its interface and numbers for ever ("SQLite is backwards
// compatible", https://www.sqlite.org/formatchng.html and the C interface's promise).
typedef struct sesh_sqlite_database sqlite3;
typedef struct sesh_sqlite_statement sqlite3_stmt;

enum { SQLITE_OPEN_READWRITE = 0x2, SQLITE_OPEN_NOMUTEX = 0x8000, SQLITE_OPEN_EXRESCODE = 0x02000000 };
enum { SQLITE_INTEGER = 1, SQLITE_NULL = 5 };
enum { SQLITE_PREPARE_PERSISTENT = 1 };
enum { SQLITE_UTF8 = 1 };

#define EACH_SYMBOL(X)                                                                                        \
    X(int, sqlite3_libversion_number, (void))                                                                 \
    X(int, sqlite3_open_v2, (const char *, sqlite3 **, int, const char *))                                    \
    X(int, sqlite3_close_v2, (sqlite3 *))                                                                     \
    X(int, sqlite3_busy_timeout, (sqlite3 *, int))                                                            \
    X(int, sqlite3_exec, (sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **))  \
    X(const char *, sqlite3_errmsg, (sqlite3 *))                                                              \
    X(int, sqlite3_get_autocommit, (sqlite3 *))                                                               \
    X(int, sqlite3_prepare_v3, (sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **))      \
    X(int, sqlite3_finalize, (sqlite3_stmt *))                                                                \
    X(int, sqlite3_reset, (sqlite3_stmt *))                                                                   \
    X(int, sqlite3_clear_bindings, (sqlite3_stmt *))                                                          \
    X(int, sqlite3_bind_parameter_index, (sqlite3_stmt *, const char *))                                      \
    X(int, sqlite3_bind_int64, (sqlite3_stmt *, int, int64_t))                                                \
    X(int, sqlite3_bind_text64, (sqlite3_stmt *, int, const char *, uint64_t, void (*)(void *), unsigned char)) \
    X(int, sqlite3_step, (sqlite3_stmt *))                                                                    \
    X(int, sqlite3_column_count, (sqlite3_stmt *))                                                            \
    X(int, sqlite3_column_type, (sqlite3_stmt *, int))                                                        \
    X(int64_t, sqlite3_column_int64, (sqlite3_stmt *, int))                                                   \
    X(const unsigned char *, sqlite3_column_text, (sqlite3_stmt *, int))                                      \
    X(int, sqlite3_column_bytes, (sqlite3_stmt *, int))

static struct {
#define DECLARE(result, name, arguments) result(*name) arguments;
    EACH_SYMBOL(DECLARE)
#undef DECLARE
} lib;

#define NAME(result, name, arguments) #name,
static const char *const names[] = {EACH_SYMBOL(NAME)};
#undef NAME

// POSIX has dlsym return functions as void pointers (dlsym, "Rationale"), so that they can stand in a row of such.
static struct sesh_library library = {.names = names, .functions = (void **)&lib, .count = sizeof lib / sizeof(void *)};

bool sesh_sqlite_load(const char *name, char *reason, size_t reason_capacity) {
    return sesh_library_load(&library, name, reason, reason_capacity);
}

int sesh_sqlite_version(void) { return lib.sqlite3_libversion_number(); }

int sesh_sqlite_open(const char *path, sqlite3 **database) {
    *database = NULL;
    // Not made here: the file has to have its mode from the start.
    return lib.sqlite3_open_v2(path, database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
}

void sesh_sqlite_close(sqlite3 *database) { lib.sqlite3_close_v2(database); }

void sesh_sqlite_set_patience(sqlite3 *database, int milliseconds) {
    lib.sqlite3_busy_timeout(database, milliseconds);
}

int sesh_sqlite_execute(sqlite3 *database, const char *sql) {
    return lib.sqlite3_exec(database, sql, NULL, NULL, NULL);
}

const char *sesh_sqlite_error(sqlite3 *database) { return lib.sqlite3_errmsg(database); }
bool sesh_sqlite_is_idle(sqlite3 *database) { return lib.sqlite3_get_autocommit(database) != 0; }

int sesh_sqlite_prepare(sqlite3 *database, const char *sql, bool kept, sqlite3_stmt **statement) {
    *statement = NULL;
    return lib.sqlite3_prepare_v3(database, sql, -1, kept ? SQLITE_PREPARE_PERSISTENT : 0, statement, NULL);
}

void sesh_sqlite_finalize(sqlite3_stmt *statement) { lib.sqlite3_finalize(statement); }

void sesh_sqlite_reset(sqlite3_stmt *statement) {
    lib.sqlite3_reset(statement);
    lib.sqlite3_clear_bindings(statement);
}

int sesh_sqlite_parameter(sqlite3_stmt *statement, const char *name) {
    return lib.sqlite3_bind_parameter_index(statement, name);
}

int sesh_sqlite_bind_integer(sqlite3_stmt *statement, int parameter, int64_t value) {
    return lib.sqlite3_bind_int64(statement, parameter, value);
}

int sesh_sqlite_bind_text(sqlite3_stmt *statement, int parameter, const char *bytes, size_t count) {
    // SQLITE_TRANSIENT, which makes the library copy the bytes, is the destructor -1.
    return lib.sqlite3_bind_text64(
        statement, parameter, bytes, count, (void (*)(void *))(intptr_t)-1, SQLITE_UTF8);
}

int sesh_sqlite_step(sqlite3_stmt *statement) { return lib.sqlite3_step(statement); }
int sesh_sqlite_columns(sqlite3_stmt *statement) { return lib.sqlite3_column_count(statement); }

bool sesh_sqlite_is_null(sqlite3_stmt *statement, int column) {
    return lib.sqlite3_column_type(statement, column) == SQLITE_NULL;
}

bool sesh_sqlite_is_integer(sqlite3_stmt *statement, int column) {
    return lib.sqlite3_column_type(statement, column) == SQLITE_INTEGER;
}

int64_t sesh_sqlite_integer(sqlite3_stmt *statement, int column) {
    return lib.sqlite3_column_int64(statement, column);
}

const unsigned char *sesh_sqlite_text(sqlite3_stmt *statement, int column, size_t *count) {
    const unsigned char *text = lib.sqlite3_column_text(statement, column);
    *count = (size_t)lib.sqlite3_column_bytes(statement, column);
    return text;
}
