#pragma once
#include <cstdint>
#include <string_view>

#include "base/id.hpp"
#include "domain/messages/identity.hpp"

namespace calldocker::domain {

/// The network that somebody comes from: an IPv4 address, or the /64 of an IPv6 one. Never logged.
enum class AddressKey : std::uint64_t {};
/// Of whom no address is known: those who were here before a restart, and tests.
inline constexpr AddressKey no_address{};

/// stranger: made up by us a moment ago, anybody can be another one. known: named by the company's own systems, or served before.
enum class Standing : std::uint8_t { stranger, known, staff };

/// What ids begin with that the server makes up for visitors who show no name of their own.
inline constexpr std::string_view visitor_id_prefix = "visitor-";
inline constexpr std::string_view anonymous_id_prefix = "anonymous-";

[[nodiscard]] bool is_made_up(const UserId& user);
[[nodiscard]] Standing standing_of(const Identity& identity);

/// Whose budgets pay for something. Borrows: for the length of a call.
struct Payer {
    const CompanyId& company;
    const UserId& visitor;  ///< empty: nobody yet, only address and company pay
    AddressKey address{};
    Standing standing{};
};

}  // namespace calldocker::domain
