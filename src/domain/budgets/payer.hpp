#pragma once
#include <cstdint>
#include <string_view>

#include "base/id.hpp"
#include "domain/messages/identity.hpp"

namespace calldocker::domain {

/// The network that somebody comes from: an IPv4 address, or the /64 of an IPv6 one. Never logged.
enum class AddressKey : std::uint64_t {};
/// The network of those whose address is unknown: people who were here before a restart, and tests.
inline constexpr AddressKey no_address{};

/// stranger: named by this server a moment ago, anybody can get another name. known: named by the company's own systems, or served before.
enum class Standing : std::uint8_t { stranger, known, staff };

/// The beginnings of ids that the server makes up for visitors who show no name of their own.
inline constexpr std::string_view visitor_id_prefix = "visitor-";
inline constexpr std::string_view anonymous_id_prefix = "anonymous-";

[[nodiscard]] bool is_made_up(const UserId& user);
[[nodiscard]] Standing standing_of(const Identity& identity);

/// The person whose budgets pay for something. Borrows: for the length of a call.
struct Payer {
    const CompanyId& company;
    const UserId& visitor;  ///< empty: unknown so far, only address and company pay
    AddressKey address{};
    Standing standing{};
};

}  // namespace calldocker::domain
