#ifndef SESH_CSQLITE_H
#define SESH_CSQLITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

// libsqlite3 is opened with dlopen, from the declarations in library.c. Nothing below may be called before
// `sesh_sqlite_load` has returned true.

/// Opens one shared library and takes from it what this shim calls; the first one that opens stays.
/// Safe from any thread. Writes the reason into `reason` and returns false when the library or a symbol in it is missing.
bool sesh_sqlite_load(const char *name, char *reason, size_t reason_capacity);

/// The library's version as a number: 3040001.
int sesh_sqlite_version(void);

/// An open database, to be used by one thread at a time.
typedef struct sesh_sqlite_database sesh_sqlite_database;
/// A prepared statement.
typedef struct sesh_sqlite_statement sesh_sqlite_statement;

/// Result codes that a caller acts on (sqlite3.h, "Result Codes"); the low byte of an extended code.
enum {
    sesh_sqlite_ok = 0,
    sesh_sqlite_busy = 5,
    sesh_sqlite_read_only = 8,
    sesh_sqlite_io_error = 10,
    sesh_sqlite_corrupt = 11,
    sesh_sqlite_full = 13,
    sesh_sqlite_cannot_open = 14,
    sesh_sqlite_constraint = 19,
    sesh_sqlite_too_big = 18,
    sesh_sqlite_not_a_database = 26,
    sesh_sqlite_row = 100,
    sesh_sqlite_done = 101,
};

/// Opens a file that exists; `database` is set even on failure, and has to be closed, unless memory is out.
int sesh_sqlite_open(const char *path, sesh_sqlite_database *_Nullable *_Nonnull database);
void sesh_sqlite_close(sesh_sqlite_database *database);
/// For how long a lock is awaited.
void sesh_sqlite_set_patience(sesh_sqlite_database *database, int milliseconds);
/// Runs statements that take and give no values.
int sesh_sqlite_execute(sesh_sqlite_database *database, const char *sql);
/// What went wrong last, valid until the next call.
const char *sesh_sqlite_error(sesh_sqlite_database *database);
/// Whether no transaction is open.
bool sesh_sqlite_is_idle(sesh_sqlite_database *database);

/// Makes a statement ready. `kept` says that it will be used many times.
int sesh_sqlite_prepare(
    sesh_sqlite_database *database, const char *sql, bool kept, sesh_sqlite_statement *_Nullable *_Nonnull statement);
void sesh_sqlite_finalize(sesh_sqlite_statement *statement);
/// Makes a statement ready to run again, without values.
void sesh_sqlite_reset(sesh_sqlite_statement *statement);
/// The number of the parameter with a name; 0 if the statement has none.
int sesh_sqlite_parameter(sesh_sqlite_statement *statement, const char *name);
int sesh_sqlite_bind_integer(sesh_sqlite_statement *statement, int parameter, int64_t value);
/// Binds text, which is copied.
int sesh_sqlite_bind_text(sesh_sqlite_statement *statement, int parameter, const char *bytes, size_t count);
/// Goes on to the next row, or runs the statement.
int sesh_sqlite_step(sesh_sqlite_statement *statement);

int sesh_sqlite_columns(sesh_sqlite_statement *statement);
bool sesh_sqlite_is_null(sesh_sqlite_statement *statement, int column);
bool sesh_sqlite_is_integer(sesh_sqlite_statement *statement, int column);
int64_t sesh_sqlite_integer(sesh_sqlite_statement *statement, int column);
/// A value as text and its length, valid until the next step; NULL when out of memory.
const unsigned char *_Nullable sesh_sqlite_text(sesh_sqlite_statement *statement, int column, size_t *count);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
