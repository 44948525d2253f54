#include <fmt/format.h>

#include "domain/contacts/contact_rules.hpp"
#include "simulation/office.hpp"

/// What clients say and do, and what they are told.
namespace calldocker::simulation {

using namespace domain;

namespace {

const RoomId agents_room{agent_room};

std::string name_of_message(const ClientMessage& message) {
    constexpr std::array<const char*, std::variant_size_v<ClientMessage>> names{"join_room",         "leave_room",
                                                                                "webrtc_offer",      "webrtc_answer",
                                                                                "ice_candidate",     "call_started",
                                                                                "call_ended",        "call_rejected",
                                                                                "agent_status",      "ping",
                                                                                "refresh_token",     "get_ice_servers",
                                                                                "set_agent_intent",  "set_media_ready",
                                                                                "accept_contact",    "decline_contact",
                                                                                "media_state",       "claim_media",
                                                                                "end_contact",       "open_contact",
                                                                                "get_queue_status",  "keep_place",
                                                                                "request_callback",  "leave_voicemail",
                                                                                "rate_contact",      "cancel_next_intent",
                                                                                "get_directory",     "hold_contact",
                                                                                "resume_contact",    "callback_reached",
                                                                                "set_muted",         "send_keypad",
                                                                                "send_chat",         "get_chat",
                                                                                "transfer_contact",  "consult",
                                                                                "cancel_consult",    "complete_transfer",
                                                                                "start_conference",  "requeue_contact",
                                                                                "set_notes",         "set_disposition",
                                                                                "extend_wrap_up",    "end_wrap_up",
                                                                                "reassign_contact",  "supervise_contact",
                                                                                "take_over_contact", "force_intent",
                                                                                "watch_live"};
    return names[message.index()];
}

Word word_of(const Notice& notice) {
    if (const auto* ack = std::get_if<notice::Acknowledged>(&notice)) return {"ack", ack->id, {}, {}, {}};
    if (const auto* failed = std::get_if<notice::Failed>(&notice)) return {"failed", failed->id.value_or(CommandId{}), {}, {}, {}};
    if (const auto* offer = std::get_if<notice::Offer>(&notice))
        return {"webrtc_offer", {}, offer->call.value_or(ContactId{}), {}, offer->from};
    if (const auto* changed = std::get_if<notice::ContactChanged>(&notice)) {
        const ContactView& view = changed->contact;
        return {"contact_state", {}, view.call, view.state, view.agent ? view.agent->user : UserId{}};
    }
    return {};
}

}  // namespace

void Office::act(Client& client) {
    if (!client.key || !client.attached) return come(client);
    if (client.was_reset) {
        client.was_reset = false;
        say_again(client);
    }
    say(client, words_of(client));
}

/// Mostly a contact that is the user's business, sometimes any name.
ContactId Office::some_call_of(const UserId& user) {
    std::vector<ContactId> own;
    for (const auto* calls : {&island().state().contacts_of(user), &island().state().offers_to(user)})
        own.insert(own.end(), calls->begin(), calls->end());
    if (own.empty() && haste_ > 1) return ContactId{fmt::format("of-{}-{}", user, random_.below(6))};
    if (own.empty() || random_.below(5) == 0) return ContactId{fmt::format("c{}", random_.below(6))};
    return own[random_.below(own.size())];
}

ClientMessage Office::words_of(const Client& client) {
    const ContactId call = some_call_of(client.user);
    const Contact* contact = island().state().contact(call);
    const std::string visitor = contact != nullptr ? contact->visitor.str() : "vera";
    const std::string agent = contact != nullptr && contact->has_agent() ? contact->agent.str() : "amina";
    const bool often = random_.below(4) != 0;
    if (client.version == 2 && random_.below(2) == 0) {
        // What a page does when nothing goes wrong.
        if (contact != nullptr && contact->is_offered_to(client.user)) return AcceptContact{call};
        if (contact != nullptr && contact->has_agent() && contact->party_of(client.user)) return MediaState{call, true};
    }
    if (client.version == 1 && client.role == Role::customer) {
        switch (random_.below(5)) {
            case 0: return JoinRoom{RoomId{public_calls_room}};
            case 1: return domain::CallEnded{call, RoomId{public_calls_room}, {}};
            case 2: return IceCandidate{agent, "{}", call};
            default: return WebrtcOffer{std::string(agent_room), "{}", call, {}};
        }
    }
    if (client.version == 1) {
        switch (random_.below(6)) {
            case 0: return JoinRoom{agents_room};
            case 1: return LeaveRoom{};
            case 2: return AgentStatus{often ? "available" : "busy", {}};
            case 3: return domain::CallEnded{call, agents_room, {}};
            default: return WebrtcAnswer{visitor, "{}", call};
        }
    }
    if (client.role == Role::customer) {
        switch (random_.below(14)) {
            case 8: return OpenContact{call, often ? std::nullopt : std::optional{QueueId{"sales"}}, {}};
            case 9: return KeepPlace{call};
            case 10: return RequestCallback{call, often ? "+49 30 1" : "", {}, {}};
            case 11: return SendChat{call, "hello"};
            case 12: return RateContact{call, 5, {}};
            case 13: return LeaveVoicemail{call, "rec-1", 5s, {}, {}};
            case 0: return EndContact{call, {}};
            case 1: return ClaimMedia{call};
            case 2: return IceCandidate{agent, "{}", call};
            case 3:
            case 4:
            case 5: return MediaState{call, often};
            default: return WebrtcOffer{std::string(often ? agent_room : public_calls_room), "{}", call, {}};
        }
    }
    const UserId colleague = colleagues_[random_.below(colleagues_.size())];
    const Destination somebody = often ? Destination{{}, colleague} : Destination{QueueId{"default"}, {}};
    switch (random_.below(35)) {
        case 34: return CallbackReached{call};
        case 14: return HoldContact{call};
        case 15: return ResumeContact{call};
        case 16:
        case 17: return Consult{call, somebody, "help"};
        case 18: return CompleteTransfer{call};
        case 19: return StartConference{call};
        case 20: return CancelConsult{call};
        case 21: return TransferContact{call, somebody, "please"};
        case 22: return RequeueContact{call, {}};
        case 23: return EndWrapUp{call, often ? std::nullopt : std::optional{colleague}};
        case 24: return ExtendWrapUp{call};
        case 25: return SuperviseContact{call, often ? std::optional{SupervisionMode::whisper} : std::nullopt};
        case 26: return TakeOverContact{call};
        case 27: return ForceIntent{colleague, often ? Intent::available : Intent::not_ready, {}, "because"};
        case 28: return SetNotes{call, "notes"};
        case 29: return ReassignContact{call, colleague};
        case 30: return SetMuted{call, often};
        case 31: return EndContact{call, std::string(no_answer)};
        case 32: return WatchLive{often};
        case 33: return CancelNextIntent{};
        case 12: return JoinRoom{agents_room};
        case 13: return domain::CallEnded{call, agents_room, {}};
        case 0: return SetAgentIntent{often ? Intent::available : Intent::not_ready, {}};
        case 1: return SetMediaReady{often};
        case 2: return DeclineContact{call, {}};
        case 3: return ClaimMedia{call};
        case 4: return often ? ClientMessage{WebrtcAnswer{visitor, "{}", call}} : ClientMessage{EndContact{call, {}}};
        case 5: return SetAgentIntent{Intent::available, {}};
        case 6: return SetMediaReady{true};
        case 7:
        case 8: return MediaState{call, often};
        default: return AcceptContact{call};
    }
}

void Office::say(Client& client, const ClientMessage& message) {
    if (client.version == 1) {
        note(fmt::format("{} says {}", client.user, name_of_message(message)));
        island_->handle(*client.key, message, {}, now_);
        return;
    }
    const CommandId id{std::to_string(++client.commands)};
    client.unanswered.emplace_back(id, message);
    const auto fate = random_.below(20);
    if (fate != 0) pass_on(client, id, message);
    if (fate > 1) return;
    note(fmt::format("{} loses its connection {}", client.session, fate == 0 ? "and what it said" : "with what it said"));
    client.attached = false;
    island_->detach(*client.key, now_);
}

/// As the gateway does: what it has seen is not given to the island again.
void Office::pass_on(Client& client, const CommandId& id, const ClientMessage& message) {
    if (const auto known = client.answered.find(id); known != client.answered.end()) {
        if (known->second) std::erase_if(client.unanswered, [&](const auto& command) { return command.first == id; });
        return;
    }
    client.answered[id] = false;
    note(fmt::format("{} says {} #{}", client.session, name_of_message(message), id));
    const Sequence before = island().state().sequence();
    const bool is_repeat = island().state().has_had_effect(command_key(client.session, id));
    island_->handle(*client.key, message, id, now_);
    if (!is_repeat) return;
    ++tally.repeats;
    if (island().state().sequence() != before) blame(fmt::format("the repeated command {} {} had an effect", client.session, id));
}

void Office::say_again(Client& client) {
    const auto unanswered = client.unanswered;
    for (const auto& [id, message] : unanswered) pass_on(client, id, message);
}

void Office::come(Client& client) {
    if (client.version == 2 && client.key) {
        note(fmt::format("{} is attached", client.session));
        client.attached = true;
        island_->attach(*client.key, {}, now_);
        return say_again(client);
    }
    if (client.version == 1) client.session = SessionId{fmt::format("page-{}", ++pages_)};
    note(fmt::format("{} comes as {}", client.user, client.session));
    client.key = SessionKey{++keys_};
    client.attached = true;
    island_->join({*client.key, client.session, {CompanyId{"acme"}, client.user, client.role, "", "", false, {}}, client.version}, now_);
    say_again(client);
}

void Office::leave(Client& client) {
    if (!client.key) return;
    note(fmt::format("{} leaves", client.session));
    island_->leave(*std::exchange(client.key, std::nullopt), now_);
    client.attached = false;
    client.answered.clear();
    client.held.clear();
}

void Office::change_connection(Client& client) {
    if (!client.attached) return random_.below(3) == 0 ? leave(client) : come(client);
    if (client.version == 1 || random_.below(3) == 0) return leave(client);
    note(fmt::format("{} is detached", client.session));
    client.attached = false;
    island_->detach(*client.key, now_);
}

// What the island says.

void Office::deliver(std::span<const SessionKey> recipients, const Notice& notice, Sequence after) {
    for (Client& client : clients_) {
        if (!client.key || std::find(recipients.begin(), recipients.end(), *client.key) == recipients.end()) continue;
        client.held.emplace_back(word_of(notice), after);
        flush(client);
    }
}

void Office::flush(Client& client) {
    while (!client.held.empty() && client.held.front().second <= durable_) {
        const Word word = std::move(client.held.front().first);
        client.held.pop_front();
        hear(client, word);
    }
}

void Office::release(Sequence durable) {
    durable_ = durable;
    for (Client& client : clients_) flush(client);
}

void Office::fall_back(Sequence durable) {
    note("falls back");
    ++tally.breaks;
    durable_ = durable;
    for (Client& client : clients_) {
        client.held.clear();
        std::erase_if(client.answered, [](const auto& command) { return !command.second; });
        client.was_reset = true;
    }
}

void Office::close(std::span<const SessionKey>, std::uint16_t, std::string_view) { blame("the island closes a connection"); }

/// Whatever anybody hears of must be in the log by then.
void Office::hear(Client& client, const Word& word) {
    if (word.name == "ack" || word.name == "failed") {
        if (word.command.empty()) return;
        const auto known = client.answered.find(word.command);
        if (known == client.answered.end() || known->second)
            blame(fmt::format("{} hears a second answer to {}", client.session, word.command));
        client.answered[word.command] = true;
        if (client.attached) std::erase_if(client.unanswered, [&](const auto& command) { return command.first == word.command; });
        return;
    }
    if (word.name.empty()) return;
    read_log();
    if (word.name == "webrtc_offer") {
        // Whoever offers under a name that another visitor has taken is no contact of that name.
        const Contact* contact = island().state().contact(word.call);
        if (contact != nullptr && contact->visitor == word.agent && !created_in_log_.contains(word.call))
            blame(fmt::format("{} hears of {}, which the log has not", client.session, word.call));
    }
    if (word.name != "contact_state") return;
    if (word.state == ContactState::closed && !ended_in_log_.contains(word.call))
        blame(fmt::format("{} hears of an end of {}, which the log has not", client.session, word.call));
    if (!word.agent.empty() && !accepted_in_log_.contains({word.call, word.agent}))
        blame(fmt::format("{} hears that {} has {}, which the log has not", client.session, word.agent, word.call));
}

}  // namespace calldocker::simulation
