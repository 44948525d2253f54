#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace calldocker::protocol::json {

/// Appends JSON to a string. Commas are its business; that every key gets a value and every begin its end, the caller's.
///
///     Writer(out).begin_object().key("type").text("pong").end_object();
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    /// @param name  needs no escaping: names are ours
    Writer& key(std::string_view name);
    /// @param text  UTF-8
    Writer& text(std::string_view text);
    Writer& number(std::int64_t value);
    Writer& number(std::uint64_t value);
    Writer& boolean(bool value);
    /// @param json  one whole, validated JSON value, copied as it is
    Writer& raw(std::string_view json);

private:
    void separate();

    std::string& out_;
};

}  // namespace calldocker::protocol::json
