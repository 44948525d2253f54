#pragma once
#include <functional>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/budgets/budgets.hpp"
#include "domain/messages/identity.hpp"
#include "ports/blobs.hpp"
#include "ports/sealer.hpp"
#include "server/api/limits.hpp"
#include "server/http/message.hpp"

namespace calldocker::server {

/// The sound of voicemails: a visitor leaves it here, names it in `leave_voicemail`, and staff fetch it. One per shard;
/// a company's requests are all answered on the company's own, so that its budgets count all of them.
class Voicemails {
public:
    static constexpr std::string_view path = "/api/v1/voicemails";
    static constexpr http::BodyAllowance body{.bytes_max = ports::blob_bytes_max, .time = limits::voicemail_upload_time};

    /// @param blobs, sealer, budgets  must outlive this
    Voicemails(ports::Blobs& blobs, ports::Sealer& sealer, domain::Budgets& budgets,
               std::function<std::string(std::size_t bytes)> random_bytes)
        : blobs_(blobs), sealer_(sealer), budgets_(budgets), random_bytes_(std::move(random_bytes)) {}

    /// POST, the recording as body -> 201 {recordingId} | 400 empty | 413 | 415 not audio | 429 | 503
    void keep(const domain::Identity& who, http::Request request, Instant now, http::Respond respond);

    /// GET of one -> 200, 206 with its bytes | 404 for anybody except staff of its company | 416 | 503
    void fetch(const domain::Identity& who, const http::Request& request, http::Respond respond);

private:
    ports::Blobs& blobs_;
    ports::Sealer& sealer_;
    domain::Budgets& budgets_;
    std::function<std::string(std::size_t)> random_bytes_;
};

}  // namespace calldocker::server
