#include "server/gateway/message_log.hpp"

#include <algorithm>
#include <array>

#include "base/log.hpp"
#include "base/text.hpp"
#include "protocol/json/reader.hpp"

namespace calldocker::server {
namespace {

constexpr std::array<std::string_view, 22> harmless{
    "type",         "id",   "ack",    "seq",     "roomId", "targetUserId", "fromUserId", "userId", "callId",  "callType",    "status",
    "availability", "role", "intent", "resumed", "reason", "state",        "ready",      "code",   "message", "initiatedBy", "endedBy"};
constexpr std::size_t value_bytes_max = 96;

}  // namespace

std::string summarised(std::string_view text) {
    if (!protocol::json::is_object(text)) return "malformed";
    std::string line;
    protocol::json::Cursor cursor(text);
    while (const auto member = cursor.next()) {
        const bool plain = std::find(harmless.begin(), harmless.end(), member->name) != harmless.end();
        const bool simple = !member->value.empty() && member->value.front() != '{' && member->value.front() != '[';
        if (!line.empty()) line += ' ';
        line += shortened(member->name, value_bytes_max);
        line += '=';
        line += plain && simple ? shortened(member->value, value_bytes_max) : "…";
    }
    return line;
}

void log_received(const CompanyId& company, const UserId& user, std::string_view text) {
    if (log::enabled(log::Level::debug))
        log::debug("message.received", {{"company", company}, {"user", user.qualified()}, {"message", summarised(text)}});
}

void log_sent(const CompanyId& company, const UserId& user, std::string_view text) {
    if (log::enabled(log::Level::debug))
        log::debug("message.sent", {{"company", company}, {"user", user.qualified()}, {"message", summarised(text)}});
}

}  // namespace calldocker::server
