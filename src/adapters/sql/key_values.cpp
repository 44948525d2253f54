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

}  // namespace calldocker::adapters::sql
