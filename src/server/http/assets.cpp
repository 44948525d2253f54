#include "server/http/assets.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/text.hpp"
#include "server/http/problem.hpp"
#include "server/http/range.hpp"

namespace calldocker::server::http {
namespace {

constexpr std::uintmax_t bytes_max = 64u * 1024u * 1024u;  // the pages are some megabytes; a wrong folder may be anything

std::string_view content_type_of(const std::string& extension) {
    static const std::map<std::string_view, std::string_view> types{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".woff2", "font/woff2"},
        {".wav", "audio/wav"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const auto found = types.find(extension);
    return found == types.end() ? "application/octet-stream" : found->second;
}

std::string etag_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return '"' + base64url_encode({reinterpret_cast<const char*>(digest.data()), 12}) + '"';
}

std::shared_ptr<const std::string> read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    auto bytes = std::make_shared<std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (!in && !in.eof()) return nullptr;
    return bytes;
}

long long modified_at(const std::filesystem::path& file) {
    std::error_code ignored;
    const auto at = std::chrono::file_clock::to_sys(std::filesystem::last_write_time(file, ignored));
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

/// Whether a comma-separated list of entity tags, or "*", names this one; weak comparison (RFC 9110 §8.8.3.2).
bool lists_tag(std::string_view list, std::string_view etag) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        std::string_view item = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
        while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
        while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == "*" || item == etag) return true;
    }
    return false;
}

}  // namespace

Result<Assets> Assets::load(const std::filesystem::path& folder, const std::function<bool(std::string_view)>& for_other_sites) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) return fail(ErrorCode::not_found, "there is no folder " + folder.string());
    Assets assets;
    std::uintmax_t total = 0;
    for (auto entry = std::filesystem::recursive_directory_iterator(folder, error); entry != std::filesystem::end(entry);
         entry.increment(error)) {
        if (error) break;
        if (!entry->is_regular_file()) continue;
        const std::filesystem::path& path = entry->path();
        const std::string extension = path.extension().string();
        if (extension == ".gz" || extension == ".br") continue;
        total += entry->file_size();
        if (total > bytes_max)
            return fail(ErrorCode::too_large, fmt::format("the files in {} are more than {} MiB", folder.string(), bytes_max >> 20u));
        const auto variant = [&](std::string_view encoding, const std::string& suffix) {
            Variant made{.encoding = encoding, .bytes = nullptr, .etag = {}};
            const std::filesystem::path file = path.string() + suffix;
            std::error_code missing;
            if (suffix.empty() || std::filesystem::is_regular_file(file, missing)) made.bytes = read(file);
            if (made.bytes) made.etag = etag_of(*made.bytes);
            return made;
        };
        auto file = std::make_shared<File>();
        const std::string name = "/" + std::filesystem::relative(path, folder).generic_string();
        file->content_type = content_type_of(extension);
        // Names under /assets/ hold a hash of the content; everything else keeps its name through upgrades.
        file->cache_control = name.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
        file->for_other_sites = for_other_sites && for_other_sites(name);
        file->modified_at = modified_at(path);
        file->plain = variant("", "");
        file->gzip = variant("gzip", ".gz");
        file->brotli = variant("br", ".br");
        if (!file->plain.bytes) return fail(ErrorCode::unavailable, "can't read " + path.string());
        assets.files_.emplace(name, std::move(file));
    }
    if (error) return fail(ErrorCode::unavailable, fmt::format("can't read the folder {}: {}", folder.string(), error.message()));
    return assets;
}

void Assets::alias(const std::string& path, const std::string& of) {
    if (const auto file = files_.find(of); file != files_.end()) files_.insert_or_assign(path, file->second);
}

const Assets::Variant& Assets::choose(const File& file, const Request& request) {
    const std::string_view accepted = request.header("Accept-Encoding");
    if (file.brotli.bytes && accepts_encoding(accepted, "br")) return file.brotli;
    if (file.gzip.bytes && accepts_encoding(accepted, "gzip")) return file.gzip;
    return file.plain;
}

Response Assets::serve(const Request& request) const {
    const File& file = *files_.find(request.path)->second;
    // A range counts the bytes of the file itself, so that parts of different answers fit together.
    const bool ranged = !request.header("Range").empty() && request.method == "GET";
    const Variant& variant = ranged ? file.plain : choose(file, request);

    Response response;
    response.file = variant.bytes;
    response.file_bytes = variant.bytes->size();
    response.add("ETag", variant.etag)
        .add("Last-Modified", http_date(file.modified_at))
        .add("Cache-Control", file.cache_control)
        .add("Vary", "Accept-Encoding")
        .add("Accept-Ranges", "bytes")
        .add("Cross-Origin-Resource-Policy", file.for_other_sites ? "cross-origin" : "same-origin");
    if (file.for_other_sites) response.add("Access-Control-Allow-Origin", "*");  // fonts and music come by CORS

    // RFC 9110 §13.2.2: what must match comes first..
    const std::string_view if_match = request.header("If-Match");
    const std::string_view if_unmodified_since = request.header("If-Unmodified-Since");
    const bool changed = !if_match.empty()
                             ? !lists_tag(if_match, variant.etag)
                             : !if_unmodified_since.empty() && parse_http_date(if_unmodified_since, file.modified_at) < file.modified_at;
    if (changed) return problem(412, "precondition_failed", "the file is not the one that was asked for");

    const std::string_view if_none_match = request.header("If-None-Match");
    const std::string_view if_modified_since = request.header("If-Modified-Since");
    const bool unchanged = !if_none_match.empty()
                               ? lists_tag(if_none_match, variant.etag)
                               : !if_modified_since.empty() && parse_http_date(if_modified_since, -1) >= file.modified_at;
    if (unchanged) {
        response.status = 304;
        response.file = nullptr;
        return response;
    }
    response.add("Content-Type", file.content_type);
    if (!variant.encoding.empty()) response.add("Content-Encoding", std::string(variant.encoding));
    if (!ranged) return response;

    const std::string_view if_range = request.header("If-Range");
    const bool current = if_range.empty() || if_range == variant.etag || parse_http_date(if_range, -1) == file.modified_at;
    if (!current) return response;
    return in_part(std::move(response), request.header("Range"));
}

}  // namespace calldocker::server::http
