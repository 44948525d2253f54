#include "server/api/voicemails.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/log.hpp"
#include "base/text.hpp"
#include "protocol/json/writer.hpp"
#include "server/api/network.hpp"
#include "server/gateway/recording_id.hpp"
#include "server/http/problem.hpp"
#include "server/http/range.hpp"

namespace calldocker::server {
namespace {

constexpr std::array<std::string_view, 3> audio_types{"audio/webm", "audio/ogg", "audio/mp4"};

/// @return one of audio_types; empty if it is none. Parameters, such as the codecs, are the players' business.
std::string_view audio_type_of(std::string_view content_type) {
    const std::string_view type = content_type.substr(0, content_type.find_first_of("; \t"));
    const auto known = std::find_if(audio_types.begin(), audio_types.end(), [&](auto one) { return equal_ignoring_case(one, type); });
    return known == audio_types.end() ? std::string_view{} : *known;
}

/// The same for all that there may be behind it.
http::Response no_such_recording() { return http::problem({ErrorCode::not_found, "there is no such recording"}); }

http::Response not_now(const CompanyId& company, const Error& error) {
    log::error("voicemail.unavailable", {{"company", company}, {"code", error.code}, {"detail", error.detail}});
    return http::problem({error.code, "recordings can be neither kept nor fetched at present"});
}

}  // namespace

void Voicemails::keep(const domain::Identity& who, http::Request request, Instant now, http::Respond respond) {
    const std::string_view type = audio_type_of(request.header("Content-Type"));
    if (type.empty()) return respond(http::problem(415, "unsupported", "a recording is audio/webm, audio/ogg or audio/mp4"));
    if (request.body.empty()) return respond(http::problem({ErrorCode::invalid, "the recording is empty"}));
    const domain::Payer payer{who.company, who.user, network_of(request.peer), domain::standing_of(who)};
    auto asked = budgets_.ask(payer, domain::Budget::uploads, 1, now);
    if (asked) asked = budgets_.ask(payer, domain::Budget::upload_bytes, static_cast<std::int64_t>(request.body.size()), now);
    if (!asked) return respond(http::problem(asked.error()));
    const ports::BlobId id(make_recording_id(who, random_bytes_(recording_random_bytes), sealer_, now));
    ports::Blob recording{std::string(type), std::make_shared<const std::string>(std::move(request.body))};
    const std::size_t bytes = recording.bytes->size();
    blobs_.put(who.company, id, std::move(recording),
               [company = who.company, id, bytes, respond = std::move(respond)](const Result<>& kept) {
                   if (!kept) return respond(not_now(company, kept.error()));
                   log::info("voicemail.kept", {{"company", company}, {"recording", id}, {"bytes", bytes}});
                   std::string text;
                   protocol::json::Writer(text).begin_object().key("recordingId").text(id.view()).end_object();
                   http::Response created = http::json_response(201, std::move(text));
                   created.add("Location", std::string(path) + "/" + id.str());
                   respond(std::move(created));
               });
}

void Voicemails::fetch(const domain::Identity& who, const http::Request& request, http::Respond respond) {
    const std::string_view id = std::string_view(request.path).substr(path.size() + 1);
    if (!domain::is_staff(who.role) || !is_name(id)) return respond(no_such_recording());
    std::string range(request.method == "GET" ? request.header("Range") : "");
    blobs_.get(who.company, ports::BlobId(id),
               [company = who.company, range = std::move(range), respond = std::move(respond)](Result<ports::Blob> found) {
                   if (!found && found.error().code == ErrorCode::not_found) return respond(no_such_recording());
                   if (!found) return respond(not_now(company, found.error()));
                   http::Response whole;
                   whole.file = found->bytes;
                   whole.file_bytes = found->bytes->size();
                   whole.add("Content-Type", found->content_type).add("Cache-Control", "private, no-store").add("Accept-Ranges", "bytes");
                   respond(http::in_part(std::move(whole), range));
               });
}

}  // namespace calldocker::server
