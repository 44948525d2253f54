#pragma once
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/identity.hpp"
#include "ports/blobs.hpp"
#include "server/api/limits.hpp"
#include "server/http/message.hpp"

namespace calldocker::server {

/// The sound of voicemails: a visitor leaves it here, names it in `leave_voicemail`, and staff fetch it. One per shard;
/// a company's requests are all answered on the company's own, so that its bounds count all of them.
class Voicemails {
public:
    static constexpr std::string_view path = "/api/v1/voicemails";
    static constexpr http::BodyAllowance body{.bytes_max = ports::blob_bytes_max, .time = limits::voicemail_upload_time};

    /// @param blobs  must outlive this
    Voicemails(ports::Blobs& blobs, std::function<std::string(std::size_t bytes)> random_bytes)
        : blobs_(blobs), random_bytes_(std::move(random_bytes)) {}

    /// POST, the recording as body -> 201 {recordingId} | 400 empty | 413 | 415 not audio | 429 | 503
    void keep(const domain::Identity& who, http::Request request, Instant now, http::Respond respond);

    /// GET of one -> 200, 206 with its bytes | 404 for whoever is not staff of its company | 416 | 503
    void fetch(const domain::Identity& who, const http::Request& request, http::Respond respond);

private:
    struct Kept {
        Instant at;
        std::string by;
    };
    /// Counts one more, unless that is too many.
    /// @return when there may be another; a moment that has passed: it was counted
    Instant count(const CompanyId& company, const std::string& by, Instant now);

    ports::Blobs& blobs_;
    std::function<std::string(std::size_t)> random_bytes_;
    std::map<CompanyId, std::deque<Kept>> last_hour_;
};

}  // namespace calldocker::server
