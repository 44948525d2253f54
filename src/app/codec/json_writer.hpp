#pragma once
#include <fmt/format.h>

#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/codec/field_lists.hpp"
#include "domain/messages/names.hpp"

namespace calldocker::app::codec {

/// Writes values as JSON, by their field lists, and leaves out empty and unset ones: reading gives the default back.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (!is_default(value)) always(name, value);
    }
    /// For a member that came after texts without it had been written.
    template <class T>
    void later(std::string_view name, const T& value) {
        if (!(value == T{})) always(name, value);
    }
    /// For what is not empty or false by default.
    template <class T>
    void always(std::string_view name, const T& value) {
        out_ += first_ ? "\"" : ",\"";
        first_ = false;
        out_ += name;
        out_ += "\":";
        write(value);
    }

    template <class T>
    void object(const T& value) {
        out_ += '{';
        JsonWriter inner(out_);
        fields(inner, value);
        out_ += '}';
    }

private:
    template <class T>
    static bool is_default(const std::optional<T>& value) {
        return !value;
    }
    template <class T>
    static bool is_default(const std::vector<T>& value) {
        return value.empty();
    }
    template <class K, class V>
    static bool is_default(const std::map<K, V>& value) {
        return value.empty();
    }
    static bool is_default(const std::string& value) { return value.empty(); }
    template <class Tag>
    static bool is_default(const Id<Tag>& value) {
        return value.empty();
    }
    static bool is_default(const UserId& value) { return value.empty(); }
    static bool is_default(bool value) { return !value; }
    static bool is_default(Milliseconds value) { return value == Milliseconds{0}; }
    template <class T>
    static bool is_default(const T&) {
        return false;
    }

    void write(const std::string& text) {
        out_ += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\') {
                out_ += '\\';
                out_ += c;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(c));
            } else {
                out_ += c;
            }
        }
        out_ += '"';
    }
    template <class Tag>
    void write(const Id<Tag>& id) {
        write(id.str());
    }
    void write(const UserId& id) { write(id.qualified()); }
    void write(bool value) { out_ += value ? "true" : "false"; }
    void write(std::int64_t value) { fmt::format_to(std::back_inserter(out_), "{}", value); }
    void write(Milliseconds value) { write(std::int64_t{value.count()}); }
    void write(int value) { fmt::format_to(std::back_inserter(out_), "{}", value); }
    void write(Sequence value) { fmt::format_to(std::back_inserter(out_), "{}", value_of(value)); }
    void write(Instant value) { fmt::format_to(std::back_inserter(out_), "{}", to_unix_ms(value)); }
    template <class T>
    void write(const std::optional<T>& value) {
        write(*value);
    }
    template <class T>
    void write(const std::vector<T>& values) {
        out_ += '[';
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) out_ += ',';
            write(values[i]);
        }
        out_ += ']';
    }
    template <class K, class V>
    void write(const std::map<K, V>& values) {
        out_ += '{';
        bool first = true;
        for (const auto& [key, value] : values) {
            if (!first) out_ += ',';
            first = false;
            write(key);
            out_ += ':';
            write(value);
        }
        out_ += '}';
    }
    template <class T>
    void write(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            out_ += '"';
            out_ += name_of(value);
            out_ += '"';
        } else {
            object(value);
        }
    }

    std::string& out_;
    bool first_ = true;
};

}  // namespace calldocker::app::codec
