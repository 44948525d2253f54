#include "base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>

#include "base/utf8.hpp"

namespace calldocker::log {
namespace {

constexpr int silent = static_cast<int>(Level::error) + 1;

std::atomic<Sink> installed_sink{nullptr};
std::atomic<int> lowest_level{silent};

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warn: return "warn";
        case Level::error: return "error";
    }
    return "error";
}

bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '=' && c != '\\'; });
}

/// As JSON has it: UTF-16, in pairs beyond U+FFFF.
void append_escape(std::string& line, char32_t point) {
    const auto out = std::back_inserter(line);
    if (point < 0x10000) {
        fmt::format_to(out, "\\u{:04x}", static_cast<unsigned>(point));
        return;
    }
    const auto rest = static_cast<unsigned>(point - 0x10000);
    fmt::format_to(out, "\\u{:04x}\\u{:04x}", 0xd800u + (rest >> 10u), 0xdc00u + (rest & 0x3ffu));
}

void append_quoted(std::string& line, std::string_view text) {
    line.push_back('"');
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, bytes] = decode_character(text, at);
        const std::string_view character = text.substr(at, std::max<std::size_t>(bytes, 1));
        at += character.size();
        if (bytes == 0) {
            line.append("\\ufffd");  // not UTF-8: nobody knows what a terminal makes of it
        } else if (point == '"' || point == '\\') {
            line.push_back('\\');
            line.append(character);
        } else if (is_invisible(point)) {
            append_escape(line, point);
        } else {
            line.append(character);
        }
    }
    line.push_back('"');
}

void append_value(std::string& line, const Value& value) {
    std::visit(
        [&line](const auto& held) {
            if constexpr (std::same_as<std::remove_cvref_t<decltype(held)>, std::string_view>) {
                if (is_plain(held))
                    line.append(held);
                else
                    append_quoted(line, held);
            } else {
                fmt::format_to(std::back_inserter(line), "{}", held);
            }
        },
        value.variant());
}

}  // namespace

void install(Sink sink, Level lowest) {
    installed_sink.store(sink, std::memory_order_release);
    lowest_level.store(sink != nullptr ? static_cast<int>(lowest) : silent, std::memory_order_release);
}

bool enabled(Level level) { return static_cast<int>(level) >= lowest_level.load(std::memory_order_relaxed); }

void write(Level level, std::string_view event, std::span<const Field> fields) {
    if (!enabled(level)) return;
    if (const Sink sink = installed_sink.load(std::memory_order_acquire)) sink(level, event, fields);
}

std::string format_line(Level level, std::string_view event, std::span<const Field> fields) {
    std::string line = fmt::format("{} {}", name_of(level), event);
    for (const Field& field : fields) {
        line.push_back(' ');
        line.append(field.name);
        line.push_back('=');
        append_value(line, field.value);
    }
    return line;
}

}  // namespace calldocker::log
