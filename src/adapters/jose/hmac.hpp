#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/secret.hpp"

struct evp_mac_ctx_st;

namespace calldocker::adapters::jose {

/// HMAC-SHA256 with one key, whose schedule is computed once. Not shared between threads.
class Hmac {
public:
    using Digest = std::array<unsigned char, 32>;

    explicit Hmac(const Secret<std::string>& key);
    [[nodiscard]] Digest digest(std::string_view text);
    /// Compares in constant time.
    [[nodiscard]] bool matches(std::string_view text, std::string_view signature);

private:
    struct Free {
        void operator()(evp_mac_ctx_st* context) const;
    };
    std::unique_ptr<evp_mac_ctx_st, Free> context_;
};

}  // namespace calldocker::adapters::jose
