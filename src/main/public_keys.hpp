#pragma once
#include <filesystem>
#include <vector>

#include "adapters/jose/keys.hpp"
#include "base/result.hpp"
#include "main/settings.hpp"

namespace calldocker::main {

/// The keys of JWT_PUBLIC_KEYS (a PEM file, or a folder of *.pem files, whose names without the ending are their `kid`)
/// and of JWKS_FILE, each bound as JWT_KEY_BINDINGS says. @errors unavailable (unreadable), invalid (no key, none that is good, or
/// in production one that is not bound), naming the file
[[nodiscard]] Result<std::vector<adapters::jose::PublicKey>> read_public_keys(const Settings& settings);
/// The same keys, bound to nothing. @errors as above
[[nodiscard]] Result<std::vector<adapters::jose::PublicKey>> read_unbound_keys(const Settings& settings);

/// WEB_DIR, or the folder `web` beside this program.
[[nodiscard]] std::filesystem::path pages_folder(const Settings& settings);

}  // namespace calldocker::main
