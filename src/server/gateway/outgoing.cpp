#include "server/gateway/outgoing.hpp"

#include <utility>
#include <variant>

namespace calldocker::server {
namespace {

/// The command that a notice answers, if it answers one.
std::optional<CommandId> answered_by(const domain::Notice& notice) {
    if (const auto* acknowledged = std::get_if<domain::notice::Acknowledged>(&notice)) return acknowledged->id;
    if (const auto* failed = std::get_if<domain::notice::Failed>(&notice)) return failed->id;
    return std::nullopt;
}

/// Whether a notice tells `user` that something he asked for has happened.
bool confirms(const domain::Notice& notice, const UserId& user) {
    using namespace domain::notice;
    if (std::holds_alternative<OfferSent>(notice) || std::holds_alternative<AnswerSent>(notice)) return true;
    if (const auto* started = std::get_if<CallStarted>(&notice)) return started->initiated_by == user;
    if (const auto* ended = std::get_if<CallEnded>(&notice)) return ended->ended_by == user;
    return false;
}

}  // namespace

Outgoing make_outgoing(std::string body, const domain::Notice& notice, const UserId& user, Sequence after) {
    return {std::move(body), after, answered_by(notice), confirms(notice, user)};
}

}  // namespace calldocker::server
