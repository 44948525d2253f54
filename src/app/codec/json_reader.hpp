#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/codec/field_lists.hpp"
#include "domain/messages/names.hpp"

namespace calldocker::app::codec {

/// Reads values from JSON, by their field lists. Total: what is missing, or of another kind, keeps its default.
class JsonReader {
public:
    explicit JsonReader(const boost::json::object& from) : from_(from) {}

    template <class T>
    void operator()(std::string_view name, T& value) const {
        if (const auto* found = from_.if_contains(boost::json::string_view(name.data(), name.size()))) read(*found, value);
    }

    template <class T>
    void always(std::string_view name, T& value) const {
        (*this)(name, value);
    }
    template <class T>
    void later(std::string_view name, T& value) const {
        (*this)(name, value);
    }

    template <class T>
    static void read(const boost::json::value& from, T& value) {
        if constexpr (std::is_enum_v<T>) {
            read_enum(from, value);
        } else if (const auto* object = from.if_object()) {
            JsonReader inner(*object);
            fields(inner, value);
        }
    }

private:
    static std::string text_of(const boost::json::string& text) { return {text.data(), text.size()}; }

    static void read(const boost::json::value& from, std::string& value) {
        if (const auto* text = from.if_string()) value = text_of(*text);
    }
    template <class Tag>
    static void read(const boost::json::value& from, Id<Tag>& value) {
        if (const auto* text = from.if_string()) value = Id<Tag>{text_of(*text)};
    }
    static void read(const boost::json::value& from, bool& value) {
        if (const auto* found = from.if_bool()) value = *found;
    }
    static void read(const boost::json::value& from, int& value) {
        if (const auto* number = from.if_int64()) value = static_cast<int>(*number);
    }
    static void read(const boost::json::value& from, std::int64_t& value) {
        if (const auto* number = from.if_int64()) value = *number;
    }
    static void read(const boost::json::value& from, Milliseconds& value) {
        if (const auto* number = from.if_int64()) value = Milliseconds{*number};
    }
    static void read(const boost::json::value& from, Sequence& value) {
        if (const auto* number = from.if_int64(); number != nullptr && *number >= 0) value = Sequence{static_cast<std::uint64_t>(*number)};
    }
    static void read(const boost::json::value& from, Instant& value) {
        if (const auto* number = from.if_int64()) value = from_unix_ms(*number);
    }
    template <class T>
    static void read(const boost::json::value& from, std::optional<T>& value) {
        if (!from.is_null()) read(from, value.emplace());
    }
    template <class T>
    static void read(const boost::json::value& from, std::vector<T>& values) {
        const auto* array = from.if_array();
        if (array == nullptr) return;
        values.clear();
        values.reserve(array->size());
        for (const auto& element : *array) read(element, values.emplace_back());
    }
    template <class K, class V>
    static void read(const boost::json::value& from, std::map<K, V>& values) {
        const auto* object = from.if_object();
        if (object == nullptr) return;
        for (const auto& member : *object) {
            const std::string_view key(member.key().data(), member.key().size());
            if constexpr (std::is_enum_v<K>) {
                if (const auto known = domain::value_named<K>(key)) read(member.value(), values[*known]);
            } else {
                read(member.value(), values[K{std::string(key)}]);
            }
        }
    }
    template <class E>
    static void read_enum(const boost::json::value& from, E& value) {
        const auto* text = from.if_string();
        if (text == nullptr) return;
        if (const auto found = domain::value_named<E>({text->data(), text->size()})) value = *found;
    }

    const boost::json::object& from_;
};

}  // namespace calldocker::app::codec
