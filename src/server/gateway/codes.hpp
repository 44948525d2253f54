#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/identity.hpp"
#include "ports/sealer.hpp"

namespace calldocker::server {

/// One-time codes, which links carry instead of tokens. A code is a sealed claim with 128 random bits; the first to redeem it gets the
/// sign-in or the session that it opens. Only a hash of the bits is kept: for a sign-in in memory, while it is valid (two minutes, and a
/// page asks again after a restart); for a place that somebody comes back to with its contact, in the log.
struct CodeClaim {
    enum class Purpose : std::uint8_t { sign_in, resume };
    Purpose purpose{};
    CompanyId company;
    std::string bits;  ///< random
    Instant until{};
    std::uint64_t generation{};  ///< of the keys, as in resume tokens
};

[[nodiscard]] std::string make_code(const CodeClaim& claim, ports::Sealer& sealer);
/// @return nothing for a code that this installation has not made, that is past its time, or of another generation
[[nodiscard]] std::optional<CodeClaim> read_code(std::string_view code, ports::Sealer& sealer, std::uint64_t generation, Instant now);
/// One way, without a key: the code has as many random bits as a key.
[[nodiscard]] std::string hash_of_bits(std::string_view bits);

/// The answer to the page that asked for the code.
struct NewCode {
    std::string code;
    Instant until{};
};
/// The session that a redeemed code opens.
struct RedeemedCode {
    domain::Identity who;      ///< as the access token said that asked for the code, its expiry included
    std::string resume_token;  ///< empty: a new session
};

/// The sign-ins of one company that wait for their codes. A user has at most limits::codes_per_user_max, then the oldest
/// goes; a company limits::codes_per_company_max, then there is no new one for a moment.
class SignInCodes {
public:
    /// @errors overloaded
    Result<> keep(std::string hash, domain::Identity who, Instant until, Instant now);
    /// @return the identity of the code, which is used up
    [[nodiscard]] std::optional<domain::Identity> take(std::string_view hash, Instant now);
    void forget(const UserId& user);
    /// @return whether no code is left: none was kept, or all were used or too old
    [[nodiscard]] bool empty() const { return kept_.empty(); }
    void drop_old(Instant now);

private:
    struct Kept {
        domain::Identity who;
        Instant until{};
    };

    std::map<std::string, Kept, std::less<>> kept_;  // by hash
    std::deque<std::string> in_order_;               // their hashes
};

}  // namespace calldocker::server
