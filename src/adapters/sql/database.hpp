#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace soci {
class session;
}

namespace calldocker::adapters::sql {

/// One connection to the SQLite file: WAL, every commit synced, foreign keys on. One thread at a time; blocks, so it
/// is used by a thread of its own, at start, and by the command line.
class Database {
public:
    /// Makes the folder (mode 0700) and the file (0600) where they are missing, reads a small file through (quick_check),
    /// and applies the migrations that it lacks. A file that is damaged or too new is left as it is.
    /// @param now  recorded beside the migrations
    /// @errors unavailable, naming the file and the remedy
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Instant now);
    /// For looking only: changes nothing, applies nothing. @errors unavailable; not_found (no such file)
    static Result<std::unique_ptr<Database>> open_read_only(const std::filesystem::path& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs `work` in one write transaction; rolled back when it throws or the commit fails.
    /// @errors unavailable, whatever the engine's reason was
    Result<> write(const std::function<void(soci::session&)>& work);
    /// @return whether the last write() failed for what one of its statements asked (a rule of the schema, a value too big), or for
    /// what `work` threw: what else was in the transaction could be written without it
    [[nodiscard]] bool failed_for_a_part() const { return failed_for_a_part_; }
    /// Inside write(): does this part of the work whole, or not at all, and the transaction goes on. Throws, and so ends the
    /// transaction, for what concerns the database as a whole (no space, damage).
    /// @errors unavailable
    Result<> part(const std::function<void(soci::session&)>& work);
    /// Runs `work`, which only reads. @errors unavailable
    Result<> read(const std::function<void(soci::session&)>& work);

    /// Reads the whole file. @errors unavailable (damaged), with what was found
    Result<> check_integrity();

    /// For statements that are prepared once and run in write() and read().
    [[nodiscard]] soci::session& session() { return *session_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
    explicit Database(std::filesystem::path file);
    Result<> connect(bool read_only);
    Result<> configure();
    Result<> bring_up_to_date(Instant now);
    void keep_as_it_is_on_close(bool keep);
    [[nodiscard]] Error last_error() const;
    [[nodiscard]] bool last_error_is_a_statements() const;

    std::filesystem::path file_;
    std::unique_ptr<soci::session> session_;
    bool failed_for_a_part_ = false;
};

}  // namespace calldocker::adapters::sql
