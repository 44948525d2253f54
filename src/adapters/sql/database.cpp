#include "adapters/sql/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <soci.h>
#include <sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

#include "adapters/sql/limits.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/sqlite_error.hpp"
#include "base/log.hpp"

namespace calldocker::adapters::sql {
namespace {

/// SOCI includes <sqlite3.h> into a namespace; including it here as well would hide it from SOCI.
using sqlite_api::sqlite3;
using sqlite_api::sqlite3_busy_timeout;
using sqlite_api::sqlite3_db_config;
using sqlite_api::sqlite3_exec;
using sqlite_api::sqlite3_extended_errcode;
using sqlite_api::sqlite3_extended_result_codes;
using sqlite_api::sqlite3_get_autocommit;

/// Each connection belongs to one thread at a time, and nobody reads SQLite's account of its memory: it needs neither lock.
/// (https://sqlite.org/threadsafe.html; without a second one of its own it would pay for both at every call.)
void set_up_sqlite() {
    static const bool done = [] {
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    static_cast<void>(done);
}

sqlite3* handle_of(soci::session& session) { return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_; }

/// SQLite gives its -wal and -shm files the mode of the database, so making the file first keeps all three private.
Result<> make_private_file(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.parent_path();
    std::error_code error;
    if (!folder.empty() && !std::filesystem::exists(folder, error)) {
        std::filesystem::create_directories(folder, error);
        if (error) return fail(file_error(error.value(), folder));
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return fail(file_error(errno, file));
    ::close(descriptor);
    return {};
}

}  // namespace

Database::Database(std::filesystem::path file) : file_(std::move(file)), session_(std::make_unique<soci::session>()) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Instant now) {
    if (const auto made = make_private_file(file); !made) return fail(made.error());
    std::unique_ptr<Database> database(new Database(file));
    if (const auto connected = database->connect(false); !connected) return fail(connected.error());
    database->keep_as_it_is_on_close(true);
    std::error_code ignored;
    if (std::filesystem::file_size(file, ignored) <= checked_at_start_bytes_max)
        if (const auto sound = database->check_integrity(); !sound) return fail(sound.error());
    if (const auto configured = database->configure(); !configured) return fail(configured.error());
    if (const auto current = database->bring_up_to_date(now); !current) return fail(current.error());
    database->keep_as_it_is_on_close(false);
    return database;
}

Result<std::unique_ptr<Database>> Database::open_read_only(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return fail(ErrorCode::not_found, fmt::format("database {}: no such file", file.string()));
    std::unique_ptr<Database> database(new Database(file));
    if (const auto connected = database->connect(true); !connected) return fail(connected.error());
    database->keep_as_it_is_on_close(true);
    return database;
}

Result<> Database::connect(bool read_only) {
    if (file_.string().find('"') != std::string::npos)
        return fail(ErrorCode::unavailable, fmt::format("database {}: its path must not contain a quotation mark", file_.string()));
    set_up_sqlite();
    try {
        session_->open(soci::sqlite3, fmt::format("dbname=\"{}\"{}", file_.string(), read_only ? " readonly=true" : ""));
    } catch (const soci::sqlite3_soci_error& error) {
        return fail(sqlite_error(error.result(), file_));
    } catch (const soci::soci_error&) {
        return fail(sqlite_error(SQLITE_CANTOPEN, file_));
    }
    sqlite3* handle = handle_of(*session_);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(busy_timeout.count()));
    return {};
}

Result<> Database::configure() {
    return read([this](soci::session& session) {
        std::string journal;
        session << "pragma journal_mode = wal", soci::into(journal);
        if (journal != "wal") log::warn("database.no_wal", {{"file", file_.string()}, {"journal", journal}});
        session << "pragma synchronous = full";
        session << "pragma foreign_keys = on";
        session << fmt::format("pragma wal_autocheckpoint = {}", checkpoint_pages);
        session << fmt::format("pragma journal_size_limit = {}", journal_bytes_kept);
    });
}

Result<> Database::bring_up_to_date(Instant now) {
    Result<std::int64_t> before;
    // A newer schema throws out of the transaction, so that not even an empty commit touches the file.
    struct TooNew {};
    try {
        const auto written = write([&](soci::session& session) {
            before = migrate(session, embedded_migrations(), now);
            if (!before) throw TooNew{};
        });
        if (!written) return written;
    } catch (const TooNew&) {
        return fail(before.error().code, fmt::format("database {}: {}", file_.string(), before.error().detail));
    }
    if (const std::int64_t newest = embedded_migrations().back().version; *before != newest)
        log::info("database.migrated", {{"file", file_.string()}, {"from", *before}, {"to", newest}});
    return {};
}

Result<> Database::write(const std::function<void(soci::session&)>& work) {
    const auto roll_back = [this] {
        // SQLite has rolled back by itself after some errors (a full disk); then there is nothing left to do.
        if (sqlite3_get_autocommit(handle_of(*session_)) == 0) sqlite3_exec(handle_of(*session_), "rollback", nullptr, nullptr, nullptr);
    };
    try {
        *session_ << "begin immediate";
        work(*session_);
        *session_ << "commit";
        return {};
    } catch (const soci::soci_error&) {
        const Error error = last_error();
        failed_for_a_part_ = last_error_is_a_statements();
        roll_back();
        return fail(error);
    } catch (...) {
        failed_for_a_part_ = true;
        roll_back();
        throw;
    }
}

Result<> Database::part(const std::function<void(soci::session&)>& work) {
    const auto take_back = [this] {
        sqlite3_exec(handle_of(*session_), "rollback to part", nullptr, nullptr, nullptr);
        *session_ << "release part";
    };
    *session_ << "savepoint part";
    try {
        work(*session_);
    } catch (const soci::soci_error&) {
        if (!last_error_is_a_statements()) throw;
        const Error error = last_error();
        take_back();
        return fail(error);
    } catch (const std::exception& error) {
        take_back();
        return fail(ErrorCode::unavailable, fmt::format("an unexpected error: {}", error.what()));
    }
    *session_ << "release part";
    return {};
}

Result<> Database::read(const std::function<void(soci::session&)>& work) {
    try {
        work(*session_);
        return {};
    } catch (const soci::soci_error&) {
        return fail(last_error());
    }
}

Result<> Database::check_integrity() {
    std::string found;
    const auto read_through = read([&](soci::session& session) { session << "pragma quick_check(1)", soci::into(found); });
    if (!read_through) return read_through;
    if (found == "ok") return {};
    Error damaged = sqlite_error(SQLITE_CORRUPT, file_);
    damaged.detail += fmt::format(": {}", found);
    return fail(std::move(damaged));
}

void Database::keep_as_it_is_on_close(bool keep) {
    sqlite3_db_config(handle_of(*session_), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

bool Database::last_error_is_a_statements() const {
    // After some errors SQLite has rolled back everything by itself.
    return is_of_a_statement(sqlite3_extended_errcode(handle_of(*session_))) && sqlite3_get_autocommit(handle_of(*session_)) == 0;
}

Error Database::last_error() const { return sqlite_error(sqlite3_extended_errcode(handle_of(*session_)), file_); }

}  // namespace calldocker::adapters::sql
