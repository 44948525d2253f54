#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace calldocker::domain {

/// Cuts the address of the page from which a visitor calls: addresses of pages carry passwords, reset tokens and session ids of other
/// systems. Origin and path stay, without user and password; of the query the listed parameters stay, each once, in their original order.
/// @param parameters  names as a reader writes them; an address may spell them with escapes
/// @return empty if it is no http or https address
[[nodiscard]] std::string page_address(std::string_view page, const std::vector<std::string>& parameters);

}  // namespace calldocker::domain
