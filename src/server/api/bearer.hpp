#pragma once
#include <set>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/identity.hpp"
#include "ports/token_verifier.hpp"
#include "server/http/message.hpp"

namespace calldocker::server {

/// The identity that a request speaks for, by its `Authorization: Bearer TOKEN` (RFC 6750 §2.1). Ignores tokens in the address or in the
/// body.
/// @return the identity; an anonymous one has an empty user id
/// @errors unauthenticated, in the same words whatever is wrong
[[nodiscard]] Result<domain::Identity> bearer_identity(const http::Request& request, ports::TokenVerifier& tokens, Instant now);

/// Verifies tokens if only some companies exist: tokens of any other company count as forged.
class RegisteredOnly final : public ports::TokenVerifier {
public:
    /// @param tokens  must outlive this
    RegisteredOnly(ports::TokenVerifier& tokens, std::set<CompanyId> companies) : tokens_(tokens), companies_(std::move(companies)) {}

    Result<domain::Identity> verify(std::string_view token, Instant now) override;
    Result<domain::Identity> verify_even_if_expired(std::string_view token, Instant now) override;

private:
    [[nodiscard]] Result<domain::Identity> only_registered(Result<domain::Identity> identity) const;

    ports::TokenVerifier& tokens_;
    std::set<CompanyId> companies_;
};

}  // namespace calldocker::server
