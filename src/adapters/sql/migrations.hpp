#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace soci {
class session;
}

namespace calldocker::adapters::sql {

/// One step of the schema, from migrations/NNNN_name.sql. Once released it never changes.
struct Migration {
    std::int64_t version;
    std::string name;
    std::string text;
};

/// Those that this program was built with, in order, numbered from 1 without gaps.
[[nodiscard]] const std::vector<Migration>& embedded_migrations();

/// The statements of one migration: each ends with a semicolon at the end of a line; comment lines are dropped.
[[nodiscard]] std::vector<std::string> statements_of(std::string_view text);

/// Brings the schema up to the last of `migrations`, within the transaction that the caller has opened.
/// @return the version that the schema had before
/// @errors unavailable (the schema is newer than this program). Throws soci_error on anything that the engine refuses.
Result<std::int64_t> migrate(soci::session& session, std::span<const Migration> migrations, Instant now);

}  // namespace calldocker::adapters::sql
