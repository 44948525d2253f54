#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "base/instant.hpp"

namespace calldocker {

/// Everything that can go wrong in a healthy system. The names are the wire's: `error.code`, and the last part of a
/// problem document's `type`.
enum class ErrorCode {
    invalid,           ///< the input breaks its documented form
    unauthenticated,   ///< no identity, or one that can't be verified
    forbidden,         ///< a known identity that may not do this
    not_found,         ///< absent, or another company's: the two are never told apart
    conflict,          ///< somebody else changed it first
    reservation_lost,  ///< another accept won
    gone,              ///< it has ended
    duplicate,         ///< it exists already
    too_large,         ///< beyond a documented bound
    overloaded,        ///< a bound of the system is reached; later may work
    unavailable,       ///< something that we depend on does not answer
};

/// @return the code's name on the wire, such as "not_found"
[[nodiscard]] constexpr std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid: return "invalid";
        case ErrorCode::unauthenticated: return "unauthenticated";
        case ErrorCode::forbidden: return "forbidden";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::conflict: return "conflict";
        case ErrorCode::reservation_lost: return "reservation_lost";
        case ErrorCode::gone: return "gone";
        case ErrorCode::duplicate: return "duplicate";
        case ErrorCode::too_large: return "too_large";
        case ErrorCode::overloaded: return "overloaded";
        case ErrorCode::unavailable: return "unavailable";
    }
    return "invalid";
}

/// `detail` is for operators and integrators; it never holds a secret, and screens translate `code` instead.
struct Error {
    ErrorCode code;
    std::string detail;
    Milliseconds retry_after{};  ///< of `overloaded`: when to come back; 0: not known
    friend bool operator==(const Error&, const Error&) = default;
};

template <class T = void>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::gone, "the contact has ended");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail) {
    return tl::unexpected<Error>(Error{code, std::move(detail), {}});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace calldocker
