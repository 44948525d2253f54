#include <fmt/format.h>

#include <algorithm>

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
    const auto keys = read_unbound_keys(alone);
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
    const bool are_good = std::ranges::all_of(findings, [](const Finding& finding) { return finding.verdict == Verdict::ok; });
    if (findings.empty() || !are_good) return findings;
    const std::string remedy =
        "name each key's companies, and its `iss` and `aud`, in the file of JWT_KEY_BINDINGS (docs/operations.md, Public keys)";
    const auto keys = read_public_keys(settings);
    if (!keys) {
        findings.push_back({Verdict::fail, fmt::format("JWT_KEY_BINDINGS: {}", keys.error().detail), remedy});
        return findings;
    }
    std::vector<adapters::jose::PublicKey> free;
    std::ranges::copy_if(*keys, std::back_inserter(free), [](const auto& key) { return key.binding.companies.empty(); });
    if (!free.empty())
        findings.push_back(
            {Verdict::warn, fmt::format("public keys that sign for every company, admins too: {}", words_for(free)), remedy});
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
