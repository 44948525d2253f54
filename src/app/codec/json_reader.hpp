#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/codec/field_lists.hpp"
#include "domain/messages/names.hpp"

namespace calldocker::app::codec {

/// Reads values from JSON, by their field lists. A missing member keeps its default. An unknown member, an unknown word of an enumeration,
/// or a value of another kind is a misfit: a newer version may have meant something by it that would be lost. The report of a misfit has
/// its path alone, because values may be personal.
class JsonReader {
public:
    /// @return the first misfit, or nothing
    template <class T>
    [[nodiscard]] static std::string read(const boost::json::object& from, T& value) {
        std::string misfit;
        read_object(from, value, Place{misfit});
        return misfit;
    }

    template <class T>
    void operator()(std::string_view name, T& value) {
        const auto* found = from_.if_contains(boost::json::string_view(name.data(), name.size()));
        if (found == nullptr) return;
        ++known_;
        read(*found, value, Place{at_.misfit, &at_, name});
    }
    template <class T>
    void always(std::string_view name, T& value) {
        (*this)(name, value);
    }
    template <class T>
    void later(std::string_view name, T& value) {
        (*this)(name, value);
    }

private:
    /// Where in the document: a member or an element of what is above.
    struct Place {
        std::string& misfit;
        const Place* above = nullptr;
        std::string_view member{};
        std::size_t element = 0;

        [[nodiscard]] std::string path() const {
            if (above == nullptr) return {};
            const std::string outer = above->path();
            if (member.empty()) return fmt::format("{}[{}]", outer, element);
            return outer.empty() ? std::string(member) : fmt::format("{}.{}", outer, member);
        }
        void tell(std::string_view what) const {
            if (misfit.empty()) misfit = fmt::format("{}: {}", path(), what);
        }
    };
    /// Collects the names of a field list.
    struct Names {
        std::vector<std::string_view> all;
        template <class T>
        void operator()(std::string_view name, const T&) {
            all.push_back(name);
        }
        template <class T>
        void always(std::string_view name, const T&) {
            all.push_back(name);
        }
        template <class T>
        void later(std::string_view name, const T&) {
            all.push_back(name);
        }
    };

    JsonReader(const boost::json::object& from, const Place& at) : from_(from), at_(at) {}

    template <class T>
    static void read_object(const boost::json::object& from, T& value, const Place& at) {
        JsonReader reader(from, at);
        fields(reader, value);
        if (reader.known_ == from.size()) return;
        Names names;
        fields(names, std::as_const(value));
        for (const auto& member : from) {
            const std::string_view name(member.key().data(), member.key().size());
            if (std::find(names.all.begin(), names.all.end(), name) == names.all.end())
                Place{at.misfit, &at, name}.tell("this version knows no such member");
        }
    }

    template <class T>
    static void read(const boost::json::value& from, T& value, const Place& at) {
        if constexpr (std::is_enum_v<T>) {
            read_enum(from, value, at);
        } else if (const auto* object = from.if_object()) {
            read_object(*object, value, at);
        } else {
            at.tell("must be an object");
        }
    }
    static std::string text_of(const boost::json::string& text) { return {text.data(), text.size()}; }
    static void read(const boost::json::value& from, std::string& value, const Place& at) {
        if (const auto* text = from.if_string()) {
            value = text_of(*text);
        } else {
            at.tell("must be text");
        }
    }
    template <class Tag>
    static void read(const boost::json::value& from, Id<Tag>& value, const Place& at) {
        std::string text;
        read(from, text, at);
        value = Id<Tag>{std::move(text)};
    }
    static void read(const boost::json::value& from, UserId& value, const Place& at) {
        std::string text;
        read(from, text, at);
        value = UserId::from_qualified(text);
    }
    static void read(const boost::json::value& from, bool& value, const Place& at) {
        if (const auto* found = from.if_bool()) {
            value = *found;
        } else {
            at.tell("must be true or false");
        }
    }
    static void read(const boost::json::value& from, std::int64_t& value, const Place& at) {
        if (const auto* number = from.if_int64()) {
            value = *number;
        } else {
            at.tell("must be a whole number");
        }
    }
    static void read(const boost::json::value& from, int& value, const Place& at) {
        std::int64_t number = value;
        read(from, number, at);
        if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) return at.tell("is out of range");
        value = static_cast<int>(number);
    }
    static void read(const boost::json::value& from, Milliseconds& value, const Place& at) {
        std::int64_t number = value.count();
        read(from, number, at);
        value = Milliseconds{number};
    }
    static void read(const boost::json::value& from, Sequence& value, const Place& at) {
        std::int64_t number = 0;
        read(from, number, at);
        if (number < 0) return at.tell("is out of range");
        value = Sequence{static_cast<std::uint64_t>(number)};
    }
    static void read(const boost::json::value& from, Instant& value, const Place& at) {
        std::int64_t number = to_unix_ms(value);
        read(from, number, at);
        value = from_unix_ms(number);
    }
    template <class T>
    static void read(const boost::json::value& from, std::optional<T>& value, const Place& at) {
        if (!from.is_null()) read(from, value.emplace(), at);
    }
    template <class T>
    static void read(const boost::json::value& from, std::vector<T>& values, const Place& at) {
        const auto* array = from.if_array();
        if (array == nullptr) return at.tell("must be a list");
        values.clear();
        values.reserve(array->size());
        for (const auto& element : *array) {
            const Place place{at.misfit, &at, {}, values.size()};
            read(element, values.emplace_back(), place);
        }
    }
    /// Keys may name people: the report of a misfit has its position instead.
    template <class K, class V>
    static void read(const boost::json::value& from, std::map<K, V>& values, const Place& at) {
        const auto* object = from.if_object();
        if (object == nullptr) return at.tell("must be an object");
        std::size_t position = 0;
        for (const auto& member : *object) {
            const Place place{at.misfit, &at, {}, position++};
            const std::string_view key(member.key().data(), member.key().size());
            if constexpr (std::is_enum_v<K>) {
                if (const auto known = domain::value_named<K>(key)) {
                    read(member.value(), values[*known], place);
                } else {
                    place.tell(unknown_word);
                }
            } else if constexpr (std::is_same_v<K, UserId>) {
                read(member.value(), values[UserId::from_qualified(key)], place);
            } else {
                read(member.value(), values[K{std::string(key)}], place);
            }
        }
    }
    template <class E>
    static void read_enum(const boost::json::value& from, E& value, const Place& at) {
        const auto* text = from.if_string();
        const auto found = text == nullptr ? std::optional<E>{} : domain::value_named<E>({text->data(), text->size()});
        if (!found) return at.tell(unknown_word);
        value = *found;
    }

    static constexpr std::string_view unknown_word = "this version knows no such word";

    const boost::json::object& from_;
    const Place& at_;
    std::size_t known_ = 0;
};

}  // namespace calldocker::app::codec
