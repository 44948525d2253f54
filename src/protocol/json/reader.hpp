#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

/// Reading JSON in two steps: the whole text is validated once (RFC 8259, by simdjson), then members are found as views
/// of its bytes. So what is passed on unread is passed on byte for byte, and is never anything but valid JSON.
///
/// The functions below need validated text. Given other text they stay within its bounds, and their answers mean nothing.
namespace calldocker::protocol::json {

/// Holds the parser's memory and reuses it: one per thread, not one per text.
class Validator {
public:
    /// @param bytes_max    of a text
    /// @param nesting_max  arrays and objects within one another, the outermost included
    Validator(std::size_t bytes_max, std::size_t nesting_max);
    ~Validator();
    Validator(Validator&&) noexcept;
    Validator& operator=(Validator&&) noexcept;

    /// @errors too_large (bytes), invalid (everything else). Stricter than RFC 8259 demands: integers beyond 64 bits,
    ///         numbers beyond a double and escapes of lone surrogates are refused, since readers disagree about them.
    [[nodiscard]] Result<void> validate(std::string_view text);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::size_t bytes_max_;
    std::size_t nesting_max_;
};

/// One member of an object, or one element of an array (whose name is empty).
struct Member {
    std::string_view name;   ///< between the quotes, escapes not resolved
    std::string_view value;  ///< without the white space around it
};

/// Goes through an object or an array, in order and without recursion into its values.
class Cursor {
public:
    explicit Cursor(std::string_view container);
    [[nodiscard]] std::optional<Member> next();

private:
    void skip_space();
    [[nodiscard]] std::string_view take_value();

    std::string_view rest_;
    bool object_{};
};

[[nodiscard]] bool is_object(std::string_view json);
[[nodiscard]] bool is_array(std::string_view json);

/// @return what stands between a string's quotes, its escapes resolved: a view of `raw` when it has none, else of `scratch`
[[nodiscard]] std::string_view resolved(std::string_view raw, std::string& scratch);

/// @return the text of a JSON string: a view of `value` when it has no escapes, else of `scratch`; nothing for other values
[[nodiscard]] std::optional<std::string_view> text_of(std::string_view value, std::string& scratch);
[[nodiscard]] std::optional<bool> boolean_of(std::string_view value);
/// @return a number written as a plain non-negative integer: no fraction, no exponent
[[nodiscard]] std::optional<std::uint64_t> integer_of(std::string_view value);
[[nodiscard]] std::optional<double> number_of(std::string_view value);

/// The names of members, each with its place, found in the time of one comparison: a table of hashes made by the compiler.
template <std::size_t size>
class Names {
public:
    explicit consteval Names(const std::array<std::string_view, size>& names) : names_(names) {
        for (std::size_t place = 0; place < size; ++place) {
            std::size_t slot = slot_of(names[place]);
            while (slots_[slot] != 0) slot = (slot + 1) % slots;
            slots_[slot] = static_cast<std::uint8_t>(place + 1);
        }
    }

    /// @return its place, or `size` where it is none of them
    [[nodiscard]] constexpr std::size_t place_of(std::string_view name) const {
        for (std::size_t slot = slot_of(name); slots_[slot] != 0; slot = (slot + 1) % slots)
            if (names_[slots_[slot] - 1u] == name) return slots_[slot] - 1u;
        return size;
    }

private:
    static constexpr std::size_t slots = std::bit_ceil(size * 4);
    static_assert(size < 255, "a slot is a byte");

    static constexpr std::size_t slot_of(std::string_view name) {
        if (name.empty()) return 0;
        const auto byte = [name](std::size_t at) { return static_cast<unsigned char>(name[at]); };
        return (name.size() * 7u + byte(0) * 31u + byte(name.size() - 1) * 5u + byte(name.size() / 2) * 17u) % slots;
    }

    std::array<std::string_view, size> names_;
    std::array<std::uint8_t, slots> slots_{};
};

namespace detail {

template <std::size_t size, class PlaceOf>
[[nodiscard]] std::array<std::string_view, size> pick(std::string_view object, const PlaceOf& place_of) {
    std::array<std::string_view, size> values{};
    std::string scratch;
    Cursor cursor(object);
    while (const auto member = cursor.next())
        if (const std::size_t place = place_of(resolved(member->name, scratch)); place < size) values[place] = member->value;
    return values;
}

}  // namespace detail

/// @return the raw values of an object's members with these names, in the names' order; empty where absent. Of members
///         with the same name the last one counts, as in JSON.parse; the others are as if they were not there.
template <std::size_t size>
[[nodiscard]] std::array<std::string_view, size> pick(std::string_view object, const std::array<std::string_view, size>& names) {
    const auto place_of = [&names](std::string_view name) { return std::find(names.begin(), names.end(), name) - names.begin(); };
    return detail::pick<size>(object, [&](std::string_view name) { return static_cast<std::size_t>(place_of(name)); });
}
/// The same, where there are many names.
template <std::size_t size>
[[nodiscard]] std::array<std::string_view, size> pick(std::string_view object, const Names<size>& names) {
    return detail::pick<size>(object, [&](std::string_view name) { return names.place_of(name); });
}

}  // namespace calldocker::protocol::json
