#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/identity.hpp"
#include "ports/token_issuer.hpp"
#include "protocol/json/reader.hpp"
#include "server/net/rate.hpp"

namespace calldocker::server {

/// The REST side of one-time codes (docs/protocol.md, "One-time codes"): reads bodies and writes answers. One per shard.
class CodesApi {
public:
    explicit CodesApi(ports::TokenIssuer& issuer);

    struct Wanted {
        bool resume{};             ///< else a sign-in
        std::string resume_token;  ///< of a resume
    };
    /// POST /api/v1/codes {purpose, resumeToken?}. @errors invalid
    [[nodiscard]] Result<Wanted> read_wanted(std::string_view body);
    /// -> 201 {code, expiresAt}
    [[nodiscard]] static std::string made(std::string_view code, Instant until);

    /// POST /api/v1/codes/redeem {code}
    /// @param peer  the caller's address. @errors invalid; overloaded (limits::redemptions_per_address)
    [[nodiscard]] Result<std::string> read_code(std::string_view body, std::string_view peer, SteadyTime now);
    /// -> 200 {token, resumeToken?, user: {id, name?, role}, company, expiresAt?}. The token is ours, and does not outlive the token that
    /// asked for the code, so beside a resume token it may have expired already.
    [[nodiscard]] std::string redeemed(const domain::Identity& who, std::string_view resume_token, Instant now);

private:
    ports::TokenIssuer& issuer_;
    protocol::json::Validator validator_;
    std::unordered_map<std::string, Bucket> attempts_;  // by address; bounded
};

}  // namespace calldocker::server
