#ifndef SESH_CPOSTGRESQL_H
#define SESH_CPOSTGRESQL_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

// libpq is opened with dlopen, from the declarations in library.c: who keeps sessions in files needs neither the library
// nor its headers. Nothing below may be called before `sesh_pg_load` has returned true.

/// Opens one shared library and takes from it what this shim calls; the first one that opens stays.
/// Safe from any thread. Writes the reason into `reason` and returns false when the library or a symbol in it is missing.
bool sesh_pg_load(const char *name, char *reason, size_t reason_capacity);

/// A connection (PGconn), to be used by one thread at a time.
typedef struct sesh_pg_connection sesh_pg_connection;
/// The result of one statement (PGresult).
typedef struct sesh_pg_result sesh_pg_result;

/// What has to happen before a connection goes on being made (PostgresPollingStatusType).
typedef enum sesh_pg_progress {
    sesh_pg_progress_failed,
    sesh_pg_progress_reading,
    sesh_pg_progress_writing,
    sesh_pg_progress_done,
} sesh_pg_progress;

/// What became of a statement.
typedef enum sesh_pg_outcome {
    sesh_pg_outcome_done,
    sesh_pg_outcome_failed,
    /// It was passed over, since one before it in the pipeline failed.
    sesh_pg_outcome_skipped,
    /// The pipeline has come to its end.
    sesh_pg_outcome_synced,
} sesh_pg_outcome;

/// Whether a text is a connection string or URI that libpq understands.
bool sesh_pg_is_address(const char *text);

/// Begins to connect without blocking, but for the name look-up; notices are dropped instead of going to standard error.
/// NULL when out of memory.
/// - `names` and `values` end with NULL; a value of `dbname` may be a connection string or URI.
sesh_pg_connection *_Nullable sesh_pg_connect(
    const char *_Nullable const *_Nonnull names, const char *_Nullable const *_Nonnull values);
sesh_pg_progress sesh_pg_connect_more(sesh_pg_connection *connection);
/// Whether it is connected, as far as is known.
bool sesh_pg_is_open(const sesh_pg_connection *connection);
void sesh_pg_close(sesh_pg_connection *connection);

/// Its socket; -1 if there is none.
int sesh_pg_socket(const sesh_pg_connection *connection);
/// What went wrong last, valid until the next call.
const char *sesh_pg_error(const sesh_pg_connection *connection);
/// Whether the server asked for a password that there was none for.
bool sesh_pg_needs_password(const sesh_pg_connection *connection);
/// The server's version as a number: 150004.
int sesh_pg_server_version(const sesh_pg_connection *connection);
/// Copies an option that is in effect, whether from the URI, a service file, the environment or the built-in default.
/// Returns false, and writes an empty text, if it has no value or one that does not fit.
bool sesh_pg_option(sesh_pg_connection *connection, const char *name, char *value, size_t capacity);

/// Makes calls return instead of waiting, and statements go out one after another without waiting for results.
bool sesh_pg_begin_pipeline(sesh_pg_connection *connection);
/// Queues a statement; values are text, NULL is null.
bool sesh_pg_send(
    sesh_pg_connection *connection, const char *sql, int count, const char *_Nullable const *_Nullable values);
/// Ends the queue: a failed statement makes those after it be passed over up to here.
bool sesh_pg_sync(sesh_pg_connection *connection);
/// Sends what is queued. Returns 0 when all is sent, 1 when there is more, -1 when the connection failed.
int sesh_pg_flush(sesh_pg_connection *connection);
/// Takes in what has arrived; false when the connection failed.
bool sesh_pg_consume(sesh_pg_connection *connection);
/// Whether the next result would have to be waited for.
bool sesh_pg_is_busy(sesh_pg_connection *connection);
/// The next result; NULL between two statements.
sesh_pg_result *_Nullable sesh_pg_next(sesh_pg_connection *connection);

sesh_pg_outcome sesh_pg_result_outcome(const sesh_pg_result *result);
/// The five characters of SQLSTATE, or an empty text.
const char *sesh_pg_result_state(const sesh_pg_result *result);
/// The server's words, or an empty text.
const char *sesh_pg_result_message(const sesh_pg_result *result);
int sesh_pg_result_rows(const sesh_pg_result *result);
int sesh_pg_result_columns(const sesh_pg_result *result);
/// A value as text and its length; NULL if it is null. Valid as long as the result.
const char *_Nullable sesh_pg_result_value(const sesh_pg_result *result, int row, int column, size_t *length);
void sesh_pg_result_free(sesh_pg_result *result);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
