#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/names.hpp"
#include "protocol/json/writer.hpp"

namespace calldocker::protocol {

/// Writes members as docs/protocol.md has them, and leaves out absent ones. An object's members are written by the overload of
/// `write_members(Message&, const T&)` for its type.
class Message {
public:
    explicit Message(std::string& out) : write_(out) {}

    Message& begin() {
        write_.begin_object();
        return *this;
    }
    void end() { write_.end_object(); }

    Message& text(std::string_view key, std::string_view value) {
        write_.key(key).text(value);
        return *this;
    }
    Message& text_unless_empty(std::string_view key, std::string_view value) { return value.empty() ? *this : text(key, value); }
    template <class Tag>
    Message& id(std::string_view key, const Id<Tag>& id) {
        return text(key, id.view());
    }
    Message& id(std::string_view key, const UserId& id) { return text(key, id.view()); }
    Message& time(std::string_view key, Instant at) { return text(key, Iso8601(at).view()); }
    Message& flag(std::string_view key, bool value) {
        write_.key(key).boolean(value);
        return *this;
    }
    Message& flag_if_set(std::string_view key, bool value) { return value ? flag(key, value) : *this; }
    Message& number(std::string_view key, std::int64_t value) {
        write_.key(key).number(value);
        return *this;
    }
    Message& number_unless_zero(std::string_view key, std::int64_t value) { return value == 0 ? *this : number(key, value); }
    /// @param json  one whole, validated JSON value
    Message& splice(std::string_view key, std::string_view json) {
        write_.key(key).raw(json);
        return *this;
    }
    template <class Value>
    Message& value(std::string_view key, const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            return text(key, name_of(value));
        } else {
            write_.key(key);
            return object(value);
        }
    }

    Message& maybe(std::string_view key, const std::optional<std::string>& found) { return found ? text(key, *found) : *this; }
    Message& maybe(std::string_view key, const std::optional<Instant>& found) { return found ? time(key, *found) : *this; }
    Message& maybe(std::string_view key, const std::optional<int>& found) { return found ? number(key, *found) : *this; }
    template <class Tag>
    Message& maybe(std::string_view key, const std::optional<Id<Tag>>& found) {
        return found ? id(key, *found) : *this;
    }
    Message& maybe(std::string_view key, const std::optional<UserId>& found) { return found ? id(key, *found) : *this; }
    template <class Value>
    Message& maybe(std::string_view key, const std::optional<Value>& found) {
        return found ? value(key, *found) : *this;
    }

    template <class Tag>
    Message& ids(std::string_view key, const std::vector<Id<Tag>>& ids) {
        return list(key, ids, [this](const Id<Tag>& id) { write_.text(id.view()); });
    }
    Message& ids(std::string_view key, const std::vector<UserId>& ids) {
        return list(key, ids, [this](const UserId& id) { write_.text(id.view()); });
    }
    template <class Text>
    Message& texts(std::string_view key, const std::vector<Text>& texts) {
        return list(key, texts, [this](const Text& text) { write_.text(text); });
    }
    template <class Value>
    Message& values(std::string_view key, const std::vector<Value>& values) {
        return list(key, values, [this](const Value& value) { object(value); });
    }
    template <class Value>
    Message& values_unless_empty(std::string_view key, const std::vector<Value>& found) {
        return found.empty() ? *this : values(key, found);
    }

private:
    template <class Value>
    Message& object(const Value& value) {
        write_.begin_object();
        write_members(*this, value);
        write_.end_object();
        return *this;
    }
    template <class Range, class WriteOne>
    Message& list(std::string_view key, const Range& range, WriteOne write_one) {
        write_.key(key).begin_array();
        for (const auto& item : range) write_one(item);
        write_.end_array();
        return *this;
    }

    json::Writer write_;
};

}  // namespace calldocker::protocol
