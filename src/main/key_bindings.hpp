#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/jose/keys.hpp"
#include "base/result.hpp"

/// JWT_KEY_BINDINGS: which companies' tokens each public key verifies. Without it every backend that has a key could sign for every
/// company.
///
///     {"bindings": [{"key": "shop", "companies": ["acme"], "iss": "https://shop.example", "aud": "calldocker", "secondsMax": 3600}]}
namespace calldocker::main {

struct KeyRule {
    std::optional<std::string> key;  ///< the key's `kid`; unset: every key that no other rule names
    std::set<CompanyId> companies;   ///< empty: any, written as ["*"]
    std::string issuer, audience;    ///< empty: any
    std::optional<std::chrono::seconds> lifetime_max;
};

/// @errors invalid, with what is wrong and where; unknown members are refused, too
[[nodiscard]] Result<std::vector<KeyRule>> read_key_bindings(std::string_view json);

/// @param strict  refuse keys that no rule is for
/// @errors invalid: a rule for an unknown key, two rules for one key, or, if strict, a key without one
[[nodiscard]] Result<> bind_keys(std::vector<adapters::jose::PublicKey>& keys, const std::vector<KeyRule>& rules,
                                 std::chrono::seconds lifetime_max, bool strict);

}  // namespace calldocker::main
