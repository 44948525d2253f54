#include "adapters/sql/key_values.hpp"

#include <soci.h>

namespace calldocker::adapters::sql {

Result<Secret<std::string>> load_or_create_secret(Database& database, const std::string& name, const Secret<std::string>& fresh) {
    std::string kept;
    const auto written = database.write([&](soci::session& session) {
        session << "insert into key_values (name, value) values (:name, :value) on conflict (name) do nothing", soci::use(name),
            soci::use(fresh.reveal());
        session << "select value from key_values where name = :name", soci::use(name), soci::into(kept);
    });
    if (!written) return fail(written.error());
    return Secret<std::string>(std::move(kept));
}

namespace {

// Bound values are named: a temporary would be gone when the statement runs, at the end of its expression.
const std::string generation_name = "key_generation";

std::uint64_t read_generation(soci::session& session) {
    std::string value;
    soci::indicator found{};
    session << "select value from key_values where name = :name", soci::use(generation_name), soci::into(value, found);
    return session.got_data() ? std::stoull(value) : 0;
}

}  // namespace

Result<std::uint64_t> key_generation(Database& database) {
    std::uint64_t generation = 0;
    const auto read = database.read([&](soci::session& session) { generation = read_generation(session); });
    if (!read) return fail(read.error());
    return generation;
}

Result<std::uint64_t> begin_key_generation(Database& database) {
    std::uint64_t generation = 0;
    const auto written = database.write([&](soci::session& session) {
        generation = read_generation(session) + 1;
        const std::string value = std::to_string(generation);
        session << "insert into key_values (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value",
            soci::use(generation_name), soci::use(value);
    });
    if (!written) return fail(written.error());
    return generation;
}

}  // namespace calldocker::adapters::sql
