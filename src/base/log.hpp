#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"
#include "base/result.hpp"

/// Structured logs: one event, named like a metric, with fields.
///
///     log::info("contact.answered", {{"company", company}, {"waited_ms", 1200}});
///
/// error: someone must act. warn: handled, but not meant to happen. info: the life of a contact, session or node.
/// debug: off by default. Never a token, a session description, a phone number or an e-mail address.
/// Until main has installed a sink nothing is written. Any thread; the sink must be safe on all of them.
namespace calldocker::log {

enum class Level { debug, info, warn, error };

/// What a field can hold. Borrows text: it must live until the call returns.
class Value {
public:
    Value(std::string_view text) : value_(text) {}  // NOLINT(google-explicit-constructor): fields are written as literals
    Value(const std::string& text) : value_(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
    Value(const char* text) : value_(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)
    template <class Tag>
    Value(const Id<Tag>& id) : value_(id.view()) {}  // NOLINT(google-explicit-constructor)
    /// The id alone; qualified() tells staff from visitors.
    Value(const UserId& id) : value_(id.view()) {}                                   // NOLINT(google-explicit-constructor)
    Value(ErrorCode code) : value_(name_of(code)) {}                                 // NOLINT(google-explicit-constructor)
    Value(Sequence sequence) : value_(value_of(sequence)) {}                         // NOLINT(google-explicit-constructor)
    Value(std::same_as<bool> auto flag) : value_(flag) {}                            // NOLINT(google-explicit-constructor)
    Value(std::floating_point auto number) : value_(static_cast<double>(number)) {}  // NOLINT(google-explicit-constructor)
    template <std::signed_integral Number>
    Value(Number number) : value_(static_cast<std::int64_t>(number)) {}  // NOLINT(google-explicit-constructor)
    template <std::unsigned_integral Number>
    requires(!std::same_as<Number, bool>) Value(Number number)
        : value_(static_cast<std::uint64_t>(number)) {}  // NOLINT(google-explicit-constructor)

    using Variant = std::variant<std::string_view, bool, std::int64_t, std::uint64_t, double>;
    [[nodiscard]] const Variant& variant() const { return value_; }

private:
    Variant value_;
};

struct Field {
    std::string_view name;
    Value value;
};

using Sink = void (*)(Level, std::string_view event, std::span<const Field>);

/// Installs the sink for this process and the lowest level that reaches it; nullptr silences.
void install(Sink sink, Level lowest);

/// One relaxed load: cheap enough to guard what costs something to compute.
[[nodiscard]] bool enabled(Level level);

void write(Level level, std::string_view event, std::span<const Field> fields);

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::debug, event, fields); }
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::info, event, fields); }
inline void warn(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::warn, event, fields); }
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::error, event, fields); }

/// One line without the time: `level event name=value …`. Values with anything but visible ASCII, a quote or `=` are
/// quoted and escaped as in JSON, so that one event is always one line and nobody can forge a second one.
[[nodiscard]] std::string format_line(Level level, std::string_view event, std::span<const Field> fields);

}  // namespace calldocker::log
