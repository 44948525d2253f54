#include "adapters/sql/migrations.hpp"

#include <fmt/format.h>
#include <soci.h>

#include <utility>

#include "base/require.hpp"

namespace calldocker::adapters::sql {

std::vector<std::string> statements_of(std::string_view text) {
    std::vector<std::string> statements;
    std::string statement;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line.substr(first).starts_with("--")) continue;
        const std::size_t last = line.find_last_not_of(" \t\r");
        const bool ends = line[last] == ';';
        statement.append(line.substr(0, ends ? last : last + 1)).append(ends ? "" : "\n");
        if (ends) statements.push_back(std::exchange(statement, {}));
    }
    require(statement.empty(), "the last statement of a migration ends with a semicolon");
    return statements;
}

Result<std::int64_t> migrate(soci::session& session, std::span<const Migration> migrations, Instant now) {
    session << "create table if not exists schema_version (version bigint not null primary key, name text not null, "
               "applied_at_ms bigint not null)";
    long long before = 0;
    session << "select coalesce(max(version), 0) from schema_version", soci::into(before);
    const std::int64_t newest = migrations.empty() ? 0 : migrations.back().version;
    if (before > newest)
        return fail(ErrorCode::unavailable, fmt::format("its schema has version {}, this program knows versions up to {}; start the "
                                                        "version of calldocker that wrote it, or a newer one",
                                                        before, newest));
    for (const Migration& migration : migrations) {
        if (migration.version <= before) continue;
        for (const std::string& statement : statements_of(migration.text)) session << statement;
        const auto version = static_cast<long long>(migration.version);
        const auto applied_at = static_cast<long long>(to_unix_ms(now));
        session << "insert into schema_version (version, name, applied_at_ms) values (:version, :name, :at)", soci::use(version),
            soci::use(migration.name), soci::use(applied_at);
    }
    return before;
}

}  // namespace calldocker::adapters::sql
