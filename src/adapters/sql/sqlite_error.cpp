#include "adapters/sql/sqlite_error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <string_view>
#include <system_error>

namespace calldocker::adapters::sql {
namespace {

constexpr std::string_view full_remedy = "the disk is full; free some space, nothing that was confirmed is lost";
constexpr std::string_view read_only_remedy =
    "it is read-only; make the file and its folder writable for the user that runs calldocker, or set DATA_DIR to a folder that is";

std::string_view meaning_of(int primary_code) {
    switch (primary_code) {
        case SQLITE_FULL: return full_remedy;
        case SQLITE_READONLY: return read_only_remedy;
        case SQLITE_CORRUPT:
            return "it is damaged, and was left as it is; stop calldocker, keep a copy of the file and of its -wal file, and restore a "
                   "backup or try `sqlite3 FILE .recover`";
        case SQLITE_NOTADB:
            return "it is not an SQLite database, or its first page is damaged, and was left as it is; restore a backup, or move it away "
                   "to start with an empty database";
        case SQLITE_CANTOPEN: return "it cannot be opened; check that its folder exists and is writable for the user that runs calldocker";
        case SQLITE_PERM:
        case SQLITE_AUTH: return "access is denied; check its owner and mode";
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return "another program holds it locked; end that program (a backup, an open shell)";
        case SQLITE_IOERR: return "the disk failed to read or write; check the system's log for disk errors, and limits of file sizes";
        case SQLITE_NOMEM: return "there was not enough memory";
        case SQLITE_TOOBIG: return "a value is bigger than it can hold";
        case SQLITE_CONSTRAINT: return "a rule of the schema was broken; the database was changed by something else";
        default: return "the database refused";
    }
}

}  // namespace

Error sqlite_error(int extended_code, const std::filesystem::path& file) {
    return {ErrorCode::unavailable, fmt::format("database {}: {} (SQLite {}: {})", file.string(), meaning_of(extended_code & 0xff),
                                                extended_code, sqlite3_errstr(extended_code))};
}

bool is_of_a_statement(int extended_code) {
    switch (extended_code & 0xff) {
        case SQLITE_CONSTRAINT:
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE: return true;
        default: return false;
    }
}

Error file_error(int errno_value, const std::filesystem::path& file) {
    const std::string reason = std::generic_category().message(errno_value);
    const std::string_view remedy = errno_value == ENOSPC || errno_value == EDQUOT ? full_remedy
                                    : errno_value == EROFS || errno_value == EACCES || errno_value == EPERM
                                        ? read_only_remedy
                                        : "check DATA_DIR and DATABASE_URL";
    return {ErrorCode::unavailable, fmt::format("database {}: {}: {}", file.string(), reason, remedy)};
}

}  // namespace calldocker::adapters::sql
