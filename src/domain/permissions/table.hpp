#pragma once
#include <array>

#include "domain/permissions/permission.hpp"

/// The table itself. Included by permission.cpp and by tests.
namespace calldocker::domain::permissions {

template <class Message, std::size_t index = 0>
consteval std::size_t index_of() {
    if constexpr (std::is_same_v<Message, std::variant_alternative_t<index, ClientMessage>>) {
        return index;
    } else {
        return index_of<Message, index + 1>();
    }
}

/// A row as it is written down below.
struct Row : Permission {
    consteval Row customers(Relations relations) const { return with(&Permission::customer, relations); }
    consteval Row agents(Relations relations) const { return with(&Permission::agent, relations); }
    consteval Row supervisors(Relations relations) const {
        return with(&Permission::supervisor, relations).with(&Permission::admin, relations);
    }
    consteval Row staff(Relations relations) const { return agents(relations).supervisors(relations); }
    consteval Row everyone(Relations relations) const { return customers(relations).staff(relations); }
    consteval Row expired(Relations relations) const { return with(&Permission::after_expiry, relations); }
    consteval Row hidden() const {
        Row row = *this;
        row.refusal = ErrorCode::not_found;
        return row;
    }
    consteval Row says(std::string_view told) const {
        Row row = *this;
        row.words = told;
        return row;
    }

private:
    consteval Row with(Relations Permission::*which, Relations relations) const {
        Row row = *this;
        row.*which = relations;
        return row;
    }
};

template <class Message>
consteval Row row(std::string_view name) {
    return {{.message = index_of<Message>(), .name = name}};
}

using enum Relation;

inline constexpr Relations own{self};
inline constexpr Relations nothing_live{unknown, ended};
/// Staff who take any part in the contact.
inline constexpr Relations staff_in_it{agent, consulted, conference, supervising};
inline constexpr Relations in_it = staff_in_it | Relations{visitor};
/// An agent may lose a reservation in a race, and has to hear that, not that accepting is forbidden.
inline constexpr Relations any_contact = staff_in_it | Relations{wrapping_up, offered, asked, supervisor_of, outsider} | nothing_live;
/// Calls by name, contacts or not. The server looks the receivers up when it passes the message on: customers reach staff alone.
inline constexpr Relations any_call = any_contact | Relations{self, visitor, past_visitor, party, rung};
/// The sender's own live call, for messages that keep it going.
inline constexpr Relations live_call = in_it | Relations{party};
inline constexpr Relations its_agent = Relations{agent} | nothing_live;
inline constexpr Relations its_agent_or_supervisor = its_agent | Relations{supervisor_of};
inline constexpr Relations its_supervisor = Relations{supervisor_of} | nothing_live;

inline constexpr std::string_view agent_only = "only the agent who has the contact";
inline constexpr std::string_view parties_only = "only the parties of a call";
inline constexpr std::string_view supervisors_only = "only supervisors of its agent";

/// In the order of ClientMessage.
inline constexpr std::array table{
    row<JoinRoom>("join_room").customers({open_room}).staff({open_room, staff_room}).says("only staff join this room"),
    row<LeaveRoom>("leave_room").everyone(own),
    row<WebrtcOffer>("webrtc_offer").everyone(any_call).expired(live_call),
    row<WebrtcAnswer>("webrtc_answer").everyone(any_call).expired(live_call),
    row<IceCandidate>("ice_candidate").everyone(any_call).expired(live_call),
    row<CallStarted>("call_started").everyone(any_call | Relations{elsewhere}),
    row<CallEnded>("call_ended")
        .customers(nothing_live | Relations{visitor, past_visitor, party, elsewhere})
        .staff(in_it | nothing_live | Relations{asked, party, rung, elsewhere})
        .expired(live_call)
        .says("only a party ends a call"),
    row<CallRejected>("call_rejected").everyone(own),
    row<AgentStatus>("agent_status").staff(own),
    row<Ping>("ping").everyone(own).expired(own),
    row<RefreshToken>("refresh_token").everyone(own).expired(own),
    // TURN credentials cost the installation bandwidth: they are for a call, or for staff who could get one any moment.
    row<GetIceServers>("get_ice_servers")
        .customers({visitor})
        .staff(staff_in_it | Relations{at_work, offered, asked, party, rung})
        .expired(in_it)
        .says("only for a live call that you take part in"),
    row<SetAgentIntent>("set_agent_intent").staff(own),
    row<SetMediaReady>("set_media_ready").staff(own),
    row<AcceptContact>("accept_contact").staff(any_contact),
    row<DeclineContact>("decline_contact").staff(any_contact),
    row<MediaState>("media_state")
        .customers(nothing_live | Relations{visitor})
        .staff(its_agent)
        .expired({visitor, agent})
        .says(parties_only),
    row<ClaimMedia>("claim_media")
        .customers(nothing_live | Relations{visitor})
        .staff(staff_in_it | nothing_live)
        .expired(in_it)
        .says("only who takes part carries media"),
    row<EndContact>("end_contact")
        .customers(nothing_live | Relations{visitor})
        .staff(staff_in_it | nothing_live | Relations{asked})
        .expired(in_it)
        .says("only a party ends a call"),
    row<OpenContact>("open_contact").customers(own),
    row<GetQueueStatus>("get_queue_status").everyone(own),
    row<KeepPlace>("keep_place").customers(nothing_live | Relations{visitor}).says("only its visitor has a place"),
    row<RequestCallback>("request_callback")
        .customers(nothing_live | Relations{visitor, past_visitor})
        .says("only its visitor is called back"),
    row<LeaveVoicemail>("leave_voicemail")
        .customers(nothing_live | Relations{visitor, past_visitor})
        .says("only its visitor leaves a message instead"),
    row<RateContact>("rate_contact").customers(nothing_live | Relations{visitor, past_visitor}).hidden().says("no such contact"),
    row<CancelNextIntent>("cancel_next_intent").staff(own),
    row<GetDirectory>("get_directory").staff(own),
    row<HoldContact>("hold_contact").staff(its_agent).expired({agent}).says(agent_only),
    row<ResumeContact>("resume_contact").staff(its_agent).expired({agent}).says(agent_only),
    row<CallbackReached>("callback_reached").staff(its_agent).says(agent_only),
    row<SetMuted>("set_muted").customers(nothing_live | Relations{visitor}).staff(its_agent).expired({visitor, agent}).says(parties_only),
    row<SendKeypad>("send_keypad").customers(nothing_live | Relations{visitor}).staff(its_agent).says(parties_only),
    row<SendChat>("send_chat")
        .customers(nothing_live | Relations{visitor})
        .staff(staff_in_it | nothing_live)
        .expired(in_it)
        .says("only who takes part writes"),
    row<GetChat>("get_chat")
        .customers({visitor, unknown})
        .staff(staff_in_it | Relations{wrapping_up, unknown})
        .expired(in_it)
        .hidden()
        .says("no such contact"),
    row<TransferContact>("transfer_contact").agents(its_agent).supervisors(its_agent_or_supervisor).says(agent_only),
    row<Consult>("consult").staff(its_agent).says(agent_only),
    row<CancelConsult>("cancel_consult").staff(its_agent).says(agent_only),
    row<CompleteTransfer>("complete_transfer").staff(its_agent).says(agent_only),
    row<StartConference>("start_conference").staff(its_agent).says(agent_only),
    row<RequeueContact>("requeue_contact").agents(its_agent).supervisors(its_agent_or_supervisor).says(agent_only),
    row<SetNotes>("set_notes").staff({agent, wrapping_up, wrapped_up, unknown}).says(agent_only),
    row<SetDisposition>("set_disposition").staff({agent, wrapping_up, wrapped_up, unknown}).says(agent_only),
    row<ExtendWrapUp>("extend_wrap_up").staff({wrapping_up, unknown}).says("there is no wrap-up of this agent"),
    row<EndWrapUp>("end_wrap_up").agents(own).supervisors({self, supervisor_of}).says("only the agent's supervisors"),
    row<ReassignContact>("reassign_contact").supervisors(its_supervisor).says(supervisors_only),
    row<SuperviseContact>("supervise_contact").supervisors(its_supervisor).says(supervisors_only),
    row<TakeOverContact>("take_over_contact").supervisors(its_supervisor).says(supervisors_only),
    row<ForceIntent>("force_intent").supervisors({supervisor_of}).says("only the agent's supervisors"),
    row<WatchLive>("watch_live").supervisors(own),
};

consteval bool is_complete() {
    if (table.size() != std::variant_size_v<ClientMessage>) return false;
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].message != i) return false;
    return true;
}
static_assert(is_complete(), "every alternative of ClientMessage has one row, in their order");

}  // namespace calldocker::domain::permissions
