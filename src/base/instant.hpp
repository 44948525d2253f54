#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace calldocker {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::milliseconds;

/// A moment on the wall clock, to the millisecond, UTC. Events carry it and rules compare it.
using Instant = std::chrono::time_point<std::chrono::system_clock, Milliseconds>;

[[nodiscard]] constexpr std::int64_t to_unix_ms(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] constexpr Instant from_unix_ms(std::int64_t ms) { return Instant{Milliseconds{ms}}; }

/// The text of to_iso8601(), without a string of its own.
class Iso8601 {
public:
    explicit Iso8601(Instant at);
    [[nodiscard]] std::string_view view() const { return {text_.data(), text_.size()}; }

private:
    std::array<char, 24> text_{};
};

/// @return ISO 8601 UTC with milliseconds: "2026-11-23T03:43:49.120Z"; 24 characters for years 0 to 9999
[[nodiscard]] std::string to_iso8601(Instant at);
/// @return the moment that to_iso8601() writes like that; nothing for any other text
[[nodiscard]] std::optional<Instant> from_iso8601(std::string_view text);

}  // namespace calldocker
