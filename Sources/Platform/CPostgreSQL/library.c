#include "CPostgreSQL.h"

#include "sesh_library.h"
#include <string.h>

// The part of libpq-fe.h that is used here (PostgreSQL 14 and later, "libpq - C Library"). These are the library's
// interface to programs, which keeps its numbers.
typedef struct sesh_pg_connection PGconn;
typedef struct sesh_pg_result PGresult;

typedef struct {
    char *keyword, *envvar, *compiled, *val, *label, *dispchar;
    int dispsize;
} PQconninfoOption;

enum { CONNECTION_OK = 0 };
enum { PGRES_POLLING_FAILED = 0, PGRES_POLLING_READING, PGRES_POLLING_WRITING, PGRES_POLLING_OK };
enum { PGRES_EMPTY_QUERY = 0, PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_SYNC = 10, PGRES_PIPELINE_ABORTED };
enum { PQERRORS_VERBOSE = 2 };
enum { PG_DIAG_SQLSTATE = 'C', PG_DIAG_MESSAGE_PRIMARY = 'M' };

#define EACH_SYMBOL(X)                                                                                        \
    X(PGconn *, PQconnectStartParams, (const char *const *, const char *const *, int))                        \
    X(int, PQconnectPoll, (PGconn *))                                                                         \
    X(int, PQstatus, (const PGconn *))                                                                        \
    X(void, PQfinish, (PGconn *))                                                                             \
    X(int, PQsocket, (const PGconn *))                                                                        \
    X(char *, PQerrorMessage, (const PGconn *))                                                               \
    X(int, PQconnectionNeedsPassword, (const PGconn *))                                                       \
    X(int, PQserverVersion, (const PGconn *))                                                                 \
    X(PQconninfoOption *, PQconninfo, (PGconn *))                                                             \
    X(PQconninfoOption *, PQconninfoParse, (const char *, char **))                                           \
    X(void, PQconninfoFree, (PQconninfoOption *))                                                             \
    X(void, PQfreemem, (void *))                                                                              \
    X(void *, PQsetNoticeProcessor, (PGconn *, void (*)(void *, const char *), void *))                       \
    X(int, PQsetErrorVerbosity, (PGconn *, int))                                                              \
    X(int, PQsetnonblocking, (PGconn *, int))                                                                 \
    X(int, PQenterPipelineMode, (PGconn *))                                                                   \
    X(int, PQpipelineSync, (PGconn *))                                                                        \
    X(int, PQsendQueryParams, (PGconn *, const char *, int, const unsigned *, const char *const *, const int *, const int *, int)) \
    X(int, PQflush, (PGconn *))                                                                               \
    X(int, PQconsumeInput, (PGconn *))                                                                        \
    X(int, PQisBusy, (PGconn *))                                                                              \
    X(PGresult *, PQgetResult, (PGconn *))                                                                    \
    X(int, PQresultStatus, (const PGresult *))                                                                \
    X(char *, PQresultErrorField, (const PGresult *, int))                                                    \
    X(int, PQntuples, (const PGresult *))                                                                     \
    X(int, PQnfields, (const PGresult *))                                                                     \
    X(int, PQgetisnull, (const PGresult *, int, int))                                                         \
    X(int, PQgetlength, (const PGresult *, int, int))                                                         \
    X(char *, PQgetvalue, (const PGresult *, int, int))                                                       \
    X(void, PQclear, (PGresult *))

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

bool sesh_pg_load(const char *name, char *reason, size_t reason_capacity) {
    return sesh_library_load(&library, name, reason, reason_capacity);
}

bool sesh_pg_is_address(const char *text) {
    // What libpq says of a flaw quotes the text, with the password in it.
    char *flaw = NULL;
    PQconninfoOption *options = lib.PQconninfoParse(text, &flaw);
    if (flaw) lib.PQfreemem(flaw);
    if (options) lib.PQconninfoFree(options);
    return options != NULL;
}

static void drop_notice(void *context, const char *message) {
    (void)context;
    (void)message;
}

PGconn *sesh_pg_connect(const char *const *names, const char *const *values) {
    PGconn *connection = lib.PQconnectStartParams(names, values, 1);
    if (!connection) return NULL;
    lib.PQsetNoticeProcessor(connection, drop_notice, NULL);
    // Why a connection was refused is told as text alone, which has the SQLSTATE in it only so.
    lib.PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
    return connection;
}

sesh_pg_progress sesh_pg_connect_more(PGconn *connection) {
    switch (lib.PQconnectPoll(connection)) {
    case PGRES_POLLING_READING: return sesh_pg_progress_reading;
    case PGRES_POLLING_WRITING: return sesh_pg_progress_writing;
    case PGRES_POLLING_OK: return sesh_pg_progress_done;
    default: return sesh_pg_progress_failed;
    }
}

bool sesh_pg_is_open(const PGconn *connection) { return lib.PQstatus(connection) == CONNECTION_OK; }
void sesh_pg_close(PGconn *connection) { lib.PQfinish(connection); }
int sesh_pg_socket(const PGconn *connection) { return lib.PQsocket(connection); }
const char *sesh_pg_error(const PGconn *connection) { return lib.PQerrorMessage(connection); }
bool sesh_pg_needs_password(const PGconn *connection) { return lib.PQconnectionNeedsPassword(connection); }
int sesh_pg_server_version(const PGconn *connection) { return lib.PQserverVersion(connection); }

bool sesh_pg_option(PGconn *connection, const char *name, char *value, size_t capacity) {
    value[0] = 0;
    PQconninfoOption *options = lib.PQconninfo(connection);
    if (!options) return false;
    bool found = false;
    for (PQconninfoOption *option = options; option->keyword; option++) {
        if (strcmp(option->keyword, name) != 0 || !option->val || !*option->val) continue;
        found = strlen(option->val) < capacity;
        if (found) strcpy(value, option->val);
    }
    lib.PQconninfoFree(options);
    return found;
}

bool sesh_pg_begin_pipeline(PGconn *connection) {
    return lib.PQsetnonblocking(connection, 1) == 0 && lib.PQenterPipelineMode(connection);
}

bool sesh_pg_send(PGconn *connection, const char *sql, int count, const char *const *values) {
    return lib.PQsendQueryParams(connection, sql, count, NULL, values, NULL, NULL, 0);
}

bool sesh_pg_sync(PGconn *connection) { return lib.PQpipelineSync(connection); }
int sesh_pg_flush(PGconn *connection) { return lib.PQflush(connection); }
bool sesh_pg_consume(PGconn *connection) { return lib.PQconsumeInput(connection); }
bool sesh_pg_is_busy(PGconn *connection) { return lib.PQisBusy(connection); }
PGresult *sesh_pg_next(PGconn *connection) { return lib.PQgetResult(connection); }

sesh_pg_outcome sesh_pg_result_outcome(const PGresult *result) {
    switch (lib.PQresultStatus(result)) {
    case PGRES_EMPTY_QUERY:
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK: return sesh_pg_outcome_done;
    case PGRES_PIPELINE_SYNC: return sesh_pg_outcome_synced;
    case PGRES_PIPELINE_ABORTED: return sesh_pg_outcome_skipped;
    default: return sesh_pg_outcome_failed;
    }
}

static const char *field(const PGresult *result, int code) {
    const char *text = lib.PQresultErrorField(result, code);
    return text ? text : "";
}

const char *sesh_pg_result_state(const PGresult *result) { return field(result, PG_DIAG_SQLSTATE); }
const char *sesh_pg_result_message(const PGresult *result) { return field(result, PG_DIAG_MESSAGE_PRIMARY); }
int sesh_pg_result_rows(const PGresult *result) { return lib.PQntuples(result); }
int sesh_pg_result_columns(const PGresult *result) { return lib.PQnfields(result); }

const char *sesh_pg_result_value(const PGresult *result, int row, int column, size_t *length) {
    if (lib.PQgetisnull(result, row, column)) return NULL;
    *length = (size_t)lib.PQgetlength(result, row, column);
    return lib.PQgetvalue(result, row, column);
}

void sesh_pg_result_free(PGresult *result) { lib.PQclear(result); }
