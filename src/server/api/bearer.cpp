#include "server/api/bearer.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace calldocker::server {
namespace {

/// @return the token; empty unless there is exactly one such header and it holds one
std::string_view bearer_token(const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto is_authorization = [](const http::Header& header) { return equal_ignoring_case(header.name, "Authorization"); };
    // Of two, a proxy may have looked at the other one.
    if (std::count_if(request.headers.begin(), request.headers.end(), is_authorization) != 1) return {};
    std::string_view value = request.header("Authorization");
    if (value.size() < scheme.size() || !equal_ignoring_case(value.substr(0, scheme.size()), scheme)) return {};
    value.remove_prefix(std::min(value.find_first_not_of(' ', scheme.size()), value.size()));
    return value;
}

}  // namespace

Result<domain::Identity> bearer_identity(const http::Request& request, ports::TokenVerifier& tokens, Instant now) {
    const std::string_view token = bearer_token(request);
    if (!token.empty())
        if (auto identity = tokens.verify(token, now)) return identity;
    return fail(ErrorCode::unauthenticated, "this address needs a valid access token: Authorization: Bearer TOKEN");
}

Result<domain::Identity> RegisteredOnly::verify(std::string_view token, Instant now) { return only_registered(tokens_.verify(token, now)); }

Result<domain::Identity> RegisteredOnly::verify_even_if_expired(std::string_view token, Instant now) {
    return only_registered(tokens_.verify_even_if_expired(token, now));
}

Result<domain::Identity> RegisteredOnly::only_registered(Result<domain::Identity> identity) const {
    if (identity && !companies_.contains(identity->company)) return fail(ErrorCode::unauthenticated, "the company is not registered");
    return identity;
}

}  // namespace calldocker::server
