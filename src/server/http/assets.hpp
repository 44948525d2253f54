#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "server/http/message.hpp"

namespace calldocker::server::http {

/// The pages and scripts, read into memory once: serving one touches no disk, and no path can leave the folder, since
/// a request is a look-up in a table. Any thread, once made.
class Assets {
public:
    /// Reads every file below `folder`; `x.gz` and `x.br` are encodings of `x`, not files of their own.
    /// @param for_other_sites  of which paths other sites' pages may load the file: the widget's. All else is for our own pages
    ///                         (Cross-Origin-Resource-Policy)
    /// @errors not_found (no such folder), too_large (files beyond 64 MiB together), unavailable (unreadable)
    static Result<Assets> load(const std::filesystem::path& folder, const std::function<bool(std::string_view path)>& for_other_sites = {});
    Assets() = default;

    /// A second address for a file: "/agent" for "/agent.html". Ignored when there is no such file.
    void alias(const std::string& path, const std::string& of);
    [[nodiscard]] bool has(std::string_view path) const { return files_.find(path) != files_.end(); }
    [[nodiscard]] bool empty() const { return files_.empty(); }
    [[nodiscard]] std::size_t size() const { return files_.size(); }

    /// Answers GET and HEAD of a path that has(): conditions, encodings and one range (RFC 9110 §12–14).
    [[nodiscard]] Response serve(const Request& request) const;

private:
    struct Variant {
        std::string_view encoding;  // "" for the file itself
        std::shared_ptr<const std::string> bytes;
        std::string etag;
    };
    struct File {
        std::string content_type;
        std::string cache_control;
        bool for_other_sites{};
        long long modified_at{};  // Unix seconds
        Variant plain;
        Variant gzip, brotli;  // without bytes: there is none
    };
    [[nodiscard]] static const Variant& choose(const File& file, const Request& request);

    std::map<std::string, std::shared_ptr<const File>, std::less<>> files_;  // by path, "/js/websocket-client.js"
};

}  // namespace calldocker::server::http
