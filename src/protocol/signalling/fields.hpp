#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/text.hpp"
#include "domain/messages/names.hpp"

namespace calldocker::protocol {

/// Every member that any message of a client has.
inline constexpr auto member_names = std::to_array<std::string_view>(
    {"type",     "id",      "ack",       "roomId",      "targetUserId", "callId",      "callType",   "reason", "status",  "availability",
     "offer",    "answer",  "candidate", "token",       "intent",       "ready",       "state",      "name",   "topic",   "page",
     "language", "queueId", "agentId",   "phone",       "note",         "recordingId", "durationMs", "rating", "comment", "muted",
     "digits",   "text",    "notes",     "disposition", "mode",         "watch",       "trace"});

/// One of them, by its name on the wire; another name does not compile.
class Field {
public:
    template <std::size_t size>
    consteval Field(const char (&name)[size]) {  // NOLINT(google-explicit-constructor): readers say f.name("roomId")
        while (member_names.at(at) != std::string_view(name, size - 1)) ++at;
    }
    std::size_t at = 0;  ///< its place in `member_names`
};

/// The members of one message, each taken as the type that it must have. The first that has another type leaves a problem, and the message
/// is refused at the end; the value returned for it means nothing.
class Fields {
public:
    /// @param object  validated JSON that outlives this
    Fields(std::string_view object, int version);

    [[nodiscard]] bool is_version_2() const { return version_ == 2; }
    /// Null counts as left out.
    [[nodiscard]] bool has(Field field) const { return !values_[field.at].empty() && values_[field.at] != "null"; }
    /// Empty as long as all is well.
    [[nodiscard]] const std::string& problem() const { return problem_; }

    [[nodiscard]] std::optional<std::string> string(Field field);
    [[nodiscard]] bool is(Field field, std::string_view text);

    /// base/text.hpp's is_name().
    std::string name(Field field, std::size_t bytes_max = name_bytes_max);
    std::optional<std::string> optional_name(Field field);
    template <class AnyId>
    AnyId id(Field field) {
        return AnyId(name(field));
    }
    template <class AnyId>
    std::optional<AnyId> optional_id(Field field) {
        return has(field) ? std::optional<AnyId>(id<AnyId>(field)) : std::nullopt;
    }
    ContactId call() { return id<ContactId>("callId"); }

    /// One line that people wrote (is_line()); where it may be absent, that and the empty string mean the same.
    std::string line(Field field, std::size_t characters_max);
    std::string optional_line(Field field, std::size_t characters_max);
    /// Text of people, which may have several lines (is_text()): not empty, or empty, or absent too.
    std::string text(Field field, std::size_t characters_max);
    std::string text_or_empty(Field field, std::size_t characters_max);
    std::string optional_text(Field field, std::size_t characters_max);

    /// Any JSON but null: opaque to us, but there has to be something to pass on.
    std::string_view opaque(Field field);
    std::string_view opaque_or_null(Field field);

    bool boolean(Field field);
    std::int64_t integer(Field field, std::int64_t min, std::int64_t max);
    std::optional<std::uint64_t> optional_integer(Field field);

    template <class Enum>
    Enum value(Field field) {
        const auto found = string(field);
        const auto known = found ? domain::value_named<Enum>(*found) : std::nullopt;
        if (!known) refuse(field, "must be one of the documented values");
        return known.value_or(Enum{});
    }

    /// @return an empty string, for whoever has to return one
    std::string refuse(Field field, std::string_view why);
    std::string refuse(std::string why);

private:
    std::array<std::string_view, member_names.size()> values_;
    int version_;
    std::string scratch_;
    std::string problem_;
};

}  // namespace calldocker::protocol
