#pragma once
#include <optional>
#include <string_view>

#include "domain/messages/client_message.hpp"
#include "domain/messages/notice.hpp"

/// The names of the vocabulary's enumerations: on the wire, in the log and in tests. Names are never changed once written.
namespace calldocker::domain {

[[nodiscard]] constexpr std::string_view name_of(Channel channel) {
    switch (channel) {
        case Channel::voice: return "voice";
        case Channel::video: return "video";
        case Channel::voicemail: return "voicemail";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(Intent intent) {
    switch (intent) {
        case Intent::offline: return "offline";
        case Intent::available: return "available";
        case Intent::not_ready: return "not_ready";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(SupervisionMode mode) {
    switch (mode) {
        case SupervisionMode::monitor: return "monitor";
        case SupervisionMode::whisper: return "whisper";
        case SupervisionMode::barge: return "barge";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(ContactState state) {
    switch (state) {
        case ContactState::prequeue: return "prequeue";
        case ContactState::queued: return "queued";
        case ContactState::offering: return "offering";
        case ContactState::connecting: return "connecting";
        case ContactState::connected: return "connected";
        case ContactState::held: return "held";
        case ContactState::consulting: return "consulting";
        case ContactState::transferring: return "transferring";
        case ContactState::wrapup: return "wrapup";
        case ContactState::callback_waiting: return "callback_waiting";
        case ContactState::callback_offering: return "callback_offering";
        case ContactState::callback_dialing: return "callback_dialing";
        case ContactState::closed: return "closed";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(Party party) {
    switch (party) {
        case Party::visitor: return "visitor";
        case Party::agent: return "agent";
        case Party::system: return "system";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(EndReason reason) {
    switch (reason) {
        case EndReason::completed_visitor: return "completed_visitor";
        case EndReason::completed_agent: return "completed_agent";
        case EndReason::completed_system: return "completed_system";
        case EndReason::abandoned_prequeue: return "abandoned_prequeue";
        case EndReason::abandoned_queue: return "abandoned_queue";
        case EndReason::abandoned_ringing: return "abandoned_ringing";
        case EndReason::abandoned_hold: return "abandoned_hold";
        case EndReason::lost_visitor: return "lost_visitor";
        case EndReason::lost_agent: return "lost_agent";
        case EndReason::media_failed: return "media_failed";
        case EndReason::flowout_voicemail: return "flowout_voicemail";
        case EndReason::flowout_overflow: return "flowout_overflow";
        case EndReason::flowout_callback: return "flowout_callback";
        case EndReason::rejected_closed: return "rejected_closed";
        case EndReason::rejected_full: return "rejected_full";
        case EndReason::rejected_abuse: return "rejected_abuse";
        case EndReason::callback_failed: return "callback_failed";
        case EndReason::supervisor_ended: return "supervisor_ended";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(RevokeReason reason) {
    switch (reason) {
        case RevokeReason::answered_elsewhere: return "answered_elsewhere";
        case RevokeReason::visitor_left: return "visitor_left";
        case RevokeReason::declined: return "declined";
        case RevokeReason::not_routable: return "not_routable";
        case RevokeReason::ended: return "ended";
        case RevokeReason::timeout: return "timeout";
        case RevokeReason::withdrawn: return "withdrawn";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(ConsultEnd end) {
    switch (end) {
        case ConsultEnd::cancelled: return "cancelled";
        case ConsultEnd::declined: return "declined";
        case ConsultEnd::missed: return "missed";
        case ConsultEnd::not_routable: return "not_routable";
        case ConsultEnd::left: return "left";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(AgentLabel label) {
    switch (label) {
        case AgentLabel::system: return "system";
        case AgentLabel::reserved: return "reserved";
        case AgentLabel::on_call: return "on_call";
        case AgentLabel::on_hold: return "on_hold";
        case AgentLabel::wrapup: return "wrapup";
        case AgentLabel::not_ready: return "not_ready";
        case AgentLabel::available: return "available";
        case AgentLabel::offline: return "offline";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(OfferKind kind) {
    switch (kind) {
        case OfferKind::contact: return "contact";
        case OfferKind::transfer: return "transfer";
        case OfferKind::consult: return "consult";
        case OfferKind::callback: return "callback";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(LegKind kind) {
    switch (kind) {
        case LegKind::main: return "main";
        case LegKind::consult: return "consult";
        case LegKind::conference: return "conference";
        case LegKind::supervision: return "supervision";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(DecidedBy what) {
    switch (what) {
        case DecidedBy::sticky: return "sticky";
        case DecidedBy::tier: return "tier";
        case DecidedBy::longest_idle: return "longest_idle";
        case DecidedBy::least_occupied: return "least_occupied";
        case DecidedBy::best_skill: return "best_skill";
        case DecidedBy::fewest_calls: return "fewest_calls";
        case DecidedBy::round_robin: return "round_robin";
        case DecidedBy::agent_id: return "agent_id";
        case DecidedBy::only_candidate: return "only_candidate";
        case DecidedBy::ring_all: return "ring_all";
        case DecidedBy::chosen: return "chosen";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view name_of(ContactView::You you) {
    switch (you) {
        case ContactView::You::visitor: return "visitor";
        case ContactView::You::agent: return "agent";
        case ContactView::You::offered: return "offered";
        case ContactView::You::consulted: return "consulted";
        case ContactView::You::conference: return "conference";
        case ContactView::You::supervisor: return "supervisor";
    }
    return {};
}

/// @return the value of this name, if there is one. The values must count up from 0, without gaps.
template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> value_named(std::string_view name) {
    for (int number = 0;; ++number) {
        const auto value = static_cast<Enum>(number);
        const std::string_view known = name_of(value);
        if (known.empty()) return std::nullopt;
        if (known == name) return value;
    }
}

}  // namespace calldocker::domain
