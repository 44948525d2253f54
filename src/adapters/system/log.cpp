#include "adapters/system/log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

#include "adapters/system/system.hpp"

namespace calldocker::adapters {
namespace {

spdlog::level::level_enum level_of(log::Level level) {
    switch (level) {
        case log::Level::debug: return spdlog::level::debug;
        case log::Level::info: return spdlog::level::info;
        case log::Level::warn: return spdlog::level::warn;
        case log::Level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

/// Never destroyed: threads may log until the process is gone.
spdlog::logger& standard_error() {
    static spdlog::logger* const logger = [] {
        auto* made = new spdlog::logger("calldocker", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        made->set_level(spdlog::level::debug);  // base/log.hpp has decided already
        return made;
    }();
    return *logger;
}

void write_line(log::Level level, std::string_view event, std::span<const log::Field> fields) {
    const std::string line = fmt::format("{} {}", to_iso8601(system_now()), log::format_line(level, event, fields));
    standard_error().log(level_of(level), spdlog::string_view_t(line));
}

}  // namespace

void log_to_standard_error(log::Level lowest) {
    standard_error();
    log::install(write_line, lowest);
}

}  // namespace calldocker::adapters
