#pragma once
#include <filesystem>
#include <vector>

#include "adapters/jose/keys.hpp"
#include "base/result.hpp"
#include "main/settings.hpp"

namespace calldocker::main {

/// The keys of JWT_PUBLIC_KEYS (a PEM file, or a folder of *.pem files, whose names without the ending are their `kid`)
/// and of JWKS_FILE. @errors unavailable (unreadable), invalid (no key, or none that is good), naming the file
[[nodiscard]] Result<std::vector<adapters::jose::PublicKey>> read_public_keys(const Settings& settings);

/// WEB_DIR, or the folder `web` beside this program.
[[nodiscard]] std::filesystem::path pages_folder(const Settings& settings);

}  // namespace calldocker::main
