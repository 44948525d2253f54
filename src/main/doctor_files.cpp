#include <fmt/format.h>

#include "main/doctor.hpp"
#include "main/public_keys.hpp"
#include "server/http/assets.hpp"

namespace calldocker::main {
namespace {

/// "2 keys: RS256, ES256 (partner)"
std::string words_for(const std::vector<adapters::jose::PublicKey>& keys) {
    std::string words = fmt::format("{} {}: ", keys.size(), keys.size() == 1 ? "key" : "keys");
    for (const auto& key : keys) {
        if (&key != &keys.front()) words += ", ";
        words += name_of(key.algorithm);
        if (!key.id.empty()) words += fmt::format(" ({})", key.id);
    }
    return words;
}

Finding examine_keys(std::string_view setting, std::filesystem::path Settings::*member, const Settings& settings, std::string_view remedy) {
    Settings alone;
    alone.*member = settings.*member;
    const auto keys = read_public_keys(alone);
    if (!keys) return {Verdict::fail, fmt::format("{}: {}", setting, keys.error().detail), std::string(remedy)};
    return {Verdict::ok, fmt::format("{} {}: {}", setting, (settings.*member).string(), words_for(*keys)), ""};
}

}  // namespace

std::vector<Finding> examine_public_keys(const Settings& settings) {
    std::vector<Finding> findings;
    if (!settings.jwt_public_keys.empty())
        findings.push_back(
            examine_keys("JWT_PUBLIC_KEYS", &Settings::jwt_public_keys, settings,
                         "give a PEM file, or a folder of *.pem files, each with one public key (RSA of at least 2048 bits, or EC "
                         "P-256; `openssl pkey -in KEY -pubout` prints it), readable for the user that runs calldocker"));
    if (!settings.jwks_file.empty())
        findings.push_back(examine_keys("JWKS_FILE", &Settings::jwks_file, settings,
                                        "save the issuer's key set again (its jwks_uri, as it is; with public keys for RS256 or ES256), "
                                        "readable for the user that runs calldocker"));
    return findings;
}

Finding examine_pages(const Settings& settings) {
    const std::filesystem::path folder = pages_folder(settings);
    const auto pages = server::http::Assets::load(folder);
    const std::string remedy = "build the pages with `./start-servers.sh --build-only`, or set WEB_DIR to the folder that has them";
    if (!pages) {
        // Without the folder that it would have by itself the server runs all the same, for signalling alone.
        const bool may_be_meant = pages.error().code == ErrorCode::not_found && settings.web_dir.empty();
        return {may_be_meant ? Verdict::warn : Verdict::fail, fmt::format("WEB_DIR: {}", pages.error().detail), remedy};
    }
    for (const char* page : {"/index.html", "/agent.html"})
        if (!pages->has(page)) return {Verdict::warn, fmt::format("WEB_DIR {}: there is no {}", folder.string(), page + 1), remedy};
    return {Verdict::ok, fmt::format("WEB_DIR {}: {} files", folder.string(), pages->size()), ""};
}

}  // namespace calldocker::main
