#include "main/serve.hpp"

#include <cstdlib>

#include "adapters/sql/database.hpp"
#include "adapters/system/system.hpp"
#include "base/log.hpp"

namespace calldocker::main {

int serve(const Settings& settings, const ServeOptions&) {
    const auto database = adapters::sql::Database::open(settings.database_file(), adapters::wall_clock_now());
    if (!database) {
        log::error("node.cannot_start", {{"detail", database.error().detail}});
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

}  // namespace calldocker::main
