#pragma once
#include <algorithm>
#include <array>
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

/// @return the raw values of an object's members with these names, in the names' order; empty where absent. Of members
///         with the same name the last one counts, as in JSON.parse; the others are as if they were not there.
template <std::size_t size>
[[nodiscard]] std::array<std::string_view, size> pick(std::string_view object, const std::array<std::string_view, size>& names) {
    std::array<std::string_view, size> values{};
    std::string scratch;
    Cursor cursor(object);
    while (const auto member = cursor.next()) {
        const auto found = std::find(names.begin(), names.end(), resolved(member->name, scratch));
        if (found != names.end()) values[static_cast<std::size_t>(found - names.begin())] = member->value;
    }
    return values;
}

}  // namespace calldocker::protocol::json
