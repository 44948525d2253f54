#include "main/public_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "main/key_bindings.hpp"

namespace calldocker::main {
namespace {

using adapters::jose::PublicKey;

Result<std::string> read_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto kind = std::filesystem::status(file, error).type();
    if (kind == std::filesystem::file_type::not_found) return fail(ErrorCode::unavailable, fmt::format("{}: no such file", file.string()));
    // Reading one that is none would throw, or wait for a writer.
    if (kind == std::filesystem::file_type::directory || kind == std::filesystem::file_type::fifo)
        return fail(ErrorCode::invalid, fmt::format("{} is not a file", file.string()));
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in && !in.eof())
        return fail(ErrorCode::unavailable, fmt::format("can't read {}: give the server's user the right to", file.string()));
    return text;
}

Error naming(const std::filesystem::path& file, const Error& error) {
    return {error.code, fmt::format("{}: {}", file.string(), error.detail)};
}

Result<PublicKey> read_pem_file(const std::filesystem::path& file) {
    const auto text = read_file(file);
    if (!text) return fail(text.error());
    auto key = adapters::jose::read_pem(*text);
    if (!key) return fail(naming(file, key.error()));
    return key;
}

}  // namespace

Result<std::vector<PublicKey>> read_unbound_keys(const Settings& settings) {
    std::vector<PublicKey> keys;
    std::error_code error;
    if (const auto& given = settings.jwt_public_keys; std::filesystem::is_directory(given, error)) {
        std::vector<std::filesystem::path> files;
        for (auto entry = std::filesystem::directory_iterator(given, error); !error && entry != std::filesystem::end(entry);
             entry.increment(error))
            if (entry->path().extension() == ".pem") files.push_back(entry->path());
        if (error) return fail(ErrorCode::unavailable, fmt::format("can't read the folder {}: {}", given.string(), error.message()));
        if (files.empty()) return fail(ErrorCode::invalid, fmt::format("{} holds no *.pem file", given.string()));
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            auto key = read_pem_file(file);
            if (!key) return fail(key.error());
            key->id = file.stem().string();
            keys.push_back(std::move(*key));
        }
    } else if (!given.empty()) {
        auto key = read_pem_file(given);
        if (!key) return fail(key.error());
        keys.push_back(std::move(*key));
    }
    if (const auto& file = settings.jwks_file; !file.empty()) {
        const auto text = read_file(file);
        if (!text) return fail(text.error());
        auto set = adapters::jose::read_jwks(*text);
        if (!set) return fail(naming(file, set.error()));
        std::move(set->begin(), set->end(), std::back_inserter(keys));
    }
    return keys;
}

Result<std::vector<PublicKey>> read_public_keys(const Settings& settings) {
    auto keys = read_unbound_keys(settings);
    if (!keys) return keys;
    std::vector<KeyRule> rules;
    if (const auto& file = settings.jwt_key_bindings; !file.empty()) {
        const auto text = read_file(file);
        if (!text) return fail(text.error());
        auto read = read_key_bindings(*text);
        if (!read) return fail(naming(file, read.error()));
        rules = std::move(*read);
    }
    if (auto bound = bind_keys(*keys, rules, settings.foreign_token_max, settings.mode == Mode::production); !bound)
        return fail(settings.jwt_key_bindings.empty() ? bound.error() : naming(settings.jwt_key_bindings, bound.error()));
    return keys;
}

std::filesystem::path pages_folder(const Settings& settings) {
    if (!settings.web_dir.empty()) return settings.web_dir;
    return std::filesystem::canonical("/proc/self/exe").parent_path() / "web";
}

}  // namespace calldocker::main
