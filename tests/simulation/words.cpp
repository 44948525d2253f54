#include "server/gateway/recording_id.hpp"
#include "simulation/office.hpp"

/// What clients say.
namespace calldocker::simulation {

using namespace domain;

namespace {

/// A member of a message: its value is text, or JSON as it is.
struct Member {
    std::string_view name;
    std::string value;
    bool is_json = false;
};
Member text(std::string_view name, std::string_view value) { return {name, std::string(value)}; }
Member raw(std::string_view name, std::string_view value) { return {name, std::string(value), true}; }
Member flag(std::string_view name, bool value) { return {name, value ? "true" : "false", true}; }
Member called(const ContactId& call) { return text("callId", call.view()); }
Member room(std::string_view name) { return text("roomId", name); }
Member target(std::string_view name) { return text("targetUserId", name); }

/// The members of a message, without the braces: the id comes on top.
std::string message(std::string_view type, std::initializer_list<Member> members = {}) {
    std::string out = fmt::format(R"("type":"{}")", type);
    for (const Member& member : members)
        out += member.is_json ? fmt::format(R"(,"{}":{})", member.name, member.value)
                              : fmt::format(R"(,"{}":"{}")", member.name, member.value);
    return out;
}
std::string media(const ContactId& call, bool up) { return message("media_state", {called(call), text("state", up ? "up" : "down")}); }

}  // namespace

/// In a crowd mostly one of the people in one of a few contacts: chance alone would seldom bring two together.
Client& Office::somebody() {
    if (haste_ > 1 && island() != nullptr && !island()->state().contacts().empty() && random_.below(4) != 0) {
        const auto& contacts = island()->state().contacts();
        const Contact& contact =
            std::next(contacts.begin(), static_cast<std::ptrdiff_t>(random_.below(std::min<std::size_t>(contacts.size(), 30))))->second;
        const UserId& staff = contact.offered.empty() ? contact.agent : contact.offered.begin()->first;
        const auto found = by_user_.find(random_.below(2) == 0 ? contact.visitor : staff);
        if (found != by_user_.end()) return *found->second;
    }
    return *clients_[random_.below(clients_.size())];
}

/// Mostly a contact that is the user's business, sometimes any name.
ContactId Office::some_call_of(const UserId& user) {
    std::vector<ContactId> known;
    if (const auto* live = island())
        for (const auto* calls : {&live->state().contacts_of(user), &live->state().offers_to(user)})
            known.insert(known.end(), calls->begin(), calls->end());
    if (known.empty() && haste_ > 1) return ContactId{fmt::format("of-{}-{}", user, random_.below(6))};
    if (known.empty() || random_.below(5) == 0) return ContactId{fmt::format("c{}", random_.below(6))};
    return known[random_.below(known.size())];
}

std::string Office::visitor_of(const ContactId& call) const {
    const Contact* contact = island() == nullptr ? nullptr : island()->state().contact(call);
    return contact != nullptr ? contact->visitor.str() : own("vera");
}

std::string Office::agent_of(const ContactId& call) const {
    const Contact* contact = island() == nullptr ? nullptr : island()->state().contact(call);
    return contact != nullptr && contact->has_agent() ? contact->agent.str() : own("amina");
}

std::string Office::recording_of(const Client& client) {
    const Identity owner{company_, client.user, client.role, "", "", false, {}};
    std::string random(server::recording_random_bytes, 'r');
    for (char& c : random) c = static_cast<char>('a' + random_.below(26));
    return server::make_recording_id(owner, random, node_.sealer(), node_.now());
}

std::string Office::words_of(const Client& client) {
    const ContactId call = some_call_of(client.user);
    if (client.version == 1) return words_of_version_1(client, call);
    const Contact* contact = island() == nullptr ? nullptr : island()->state().contact(call);
    if (contact != nullptr && random_.below(2) == 0) {
        // What a page does when nothing goes wrong.
        if (contact->is_offered_to(client.user)) return message("accept_contact", {called(call)});
        if (contact->has_agent() && contact->party_of(client.user)) return media(call, true);
    }
    return client.role == Role::customer ? words_of_a_visitor(client, call) : words_of_staff(call);
}

std::string Office::words_of_version_1(const Client& client, const ContactId& call) {
    if (client.role == Role::customer) {
        switch (random_.below(5)) {
            case 0: return message("join_room", {room(public_calls_room)});
            case 1: return message("call_ended", {called(call), room(public_calls_room)});
            case 2: return message("ice_candidate", {target(agent_of(call)), raw("candidate", "{}"), called(call)});
            default: return message("webrtc_offer", {target(agent_room), raw("offer", "{}"), called(call)});
        }
    }
    switch (random_.below(6)) {
        case 0: return message("join_room", {room(agent_room)});
        case 1: return message("leave_room");
        case 2: return message("agent_status", {text("status", random_.below(4) != 0 ? "available" : "busy")});
        case 3: return message("call_ended", {called(call), room(agent_room)});
        default: return message("webrtc_answer", {target(visitor_of(call)), raw("answer", "{}"), called(call)});
    }
}

std::string Office::words_of_a_visitor(const Client& client, const ContactId& call) {
    const bool often = random_.below(4) != 0;
    const auto about = [&](std::string_view type) { return message(type, {called(call)}); };
    switch (random_.below(15)) {
        case 0: return about("end_contact");
        case 1: return about("claim_media");
        case 2: return message("ice_candidate", {target(agent_of(call)), raw("candidate", "{}"), called(call)});
        case 3:
        case 4:
        case 5: return media(call, often);
        case 6: return often ? about("open_contact") : message("open_contact", {called(call), text("queueId", "sales")});
        case 7: return about("keep_place");
        case 8: return often ? message("request_callback", {called(call), text("phone", "+49 30 1")}) : about("request_callback");
        case 9: return message("send_chat", {called(call), text("text", "hello")});
        case 10: return message("rate_contact", {called(call), raw("rating", "5")});
        case 11: return message("leave_voicemail", {called(call), text("recordingId", recording_of(client)), raw("durationMs", "5000")});
        case 12: return often ? message("ping") : message("get_queue_status");
        default: return message("webrtc_offer", {target(often ? agent_room : public_calls_room), raw("offer", "{}"), called(call)});
    }
}

std::string Office::words_of_staff(const ContactId& call) {
    const bool often = random_.below(4) != 0;
    // Somebody of another company is nobody.
    const bool is_stranger = !others_.empty() && random_.below(30) == 0;
    const std::string colleague =
        is_stranger ? fmt::format("amina.{}", others_.front()) : colleagues_[random_.below(colleagues_.size())].str();
    const Member them = text("agentId", colleague);
    const Member somebody = often ? them : text("queueId", "default");
    const auto about = [&](std::string_view type) { return message(type, {called(call)}); };
    const auto intent = [](bool available) { return text("intent", available ? "available" : "not_ready"); };
    switch (random_.below(36)) {
        case 0: return message("set_agent_intent", {intent(often)});
        case 1: return message("set_media_ready", {flag("ready", often)});
        case 2: return about("decline_contact");
        case 3: return about("claim_media");
        case 4:
            return often ? message("webrtc_answer", {target(visitor_of(call)), raw("answer", "{}"), called(call)}) : about("end_contact");
        case 5: return message("set_agent_intent", {intent(true)});
        case 6: return message("set_media_ready", {flag("ready", true)});
        case 7:
        case 8: return media(call, often);
        case 9: return message("join_room", {room(agent_room)});
        case 10: return message("call_ended", {called(call), room(agent_room)});
        case 11: return about("hold_contact");
        case 12: return about("resume_contact");
        case 13:
        case 14: return message("consult", {called(call), somebody, text("note", "help")});
        case 15: return about("complete_transfer");
        case 16: return about("start_conference");
        case 17: return about("cancel_consult");
        case 18: return message("transfer_contact", {called(call), somebody, text("note", "please")});
        case 19: return about("requeue_contact");
        case 20: return often ? about("end_wrap_up") : message("end_wrap_up", {called(call), them});
        case 21: return about("extend_wrap_up");
        case 22: return message("supervise_contact", {called(call), text("mode", often ? "whisper" : "none")});
        case 23: return about("take_over_contact");
        case 24: return message("force_intent", {them, intent(often), text("note", "because")});
        case 25: return message("set_notes", {called(call), text("notes", "notes")});
        case 26: return message("reassign_contact", {called(call), them});
        case 27: return message("set_muted", {called(call), flag("muted", often)});
        case 28: return message("end_contact", {called(call), text("reason", no_answer)});
        case 29: return message("watch_live", {flag("watch", often)});
        case 30: return message("cancel_next_intent");
        case 31: return message("get_directory");
        case 32: return about("callback_reached");
        default: return about("accept_contact");
    }
}

}  // namespace calldocker::simulation
