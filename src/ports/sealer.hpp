#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace calldocker::ports {

/// Makes text that only this installation can have made. It proves its origin; it is not encrypted.
struct Sealer {
    virtual ~Sealer() = default;
    [[nodiscard]] virtual std::string seal(std::string_view payload) = 0;
    /// @return the payload; nothing if the text was not sealed by this installation
    [[nodiscard]] virtual std::optional<std::string> unseal(std::string_view sealed) = 0;
};

}  // namespace calldocker::ports
