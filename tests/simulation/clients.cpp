#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <charconv>

#include "domain/contacts/contact_rules.hpp"
#include "simulation/office.hpp"

/// What clients say and do, and what they are told.
namespace calldocker::simulation {

using namespace domain;

namespace json = boost::json;

namespace {

std::string text_in(const json::object& object, std::string_view name) {
    const auto* found = object.if_contains(json::string_view(name.data(), name.size()));
    const auto* text = found == nullptr ? nullptr : found->if_string();
    return text == nullptr ? std::string{} : std::string(text->data(), text->size());
}
std::optional<std::uint64_t> number_in(const json::object& object, std::string_view name) {
    const auto* found = object.if_contains(json::string_view(name.data(), name.size()));
    if (found == nullptr || !found->is_int64()) return std::nullopt;
    return static_cast<std::uint64_t>(found->as_int64());
}
const json::object* object_in(const json::object& object, std::string_view name) {
    const auto* found = object.if_contains(json::string_view(name.data(), name.size()));
    return found == nullptr ? nullptr : found->if_object();
}

/// A member of a message: its value is text, or JSON as it is.
struct Member {
    std::string_view name;
    std::string value;
    bool is_json = false;
};
Member text(std::string_view name, std::string_view value) { return {name, std::string(value)}; }
Member raw(std::string_view name, std::string_view value) { return {name, std::string(value), true}; }
Member flag(std::string_view name, bool value) { return {name, value ? "true" : "false", true}; }

/// The members of a message, without the braces: the id comes on top.
std::string message(std::string_view type, std::initializer_list<Member> members = {}) {
    std::string out = fmt::format(R"("type":"{}")", type);
    for (const Member& member : members)
        out += member.is_json ? fmt::format(R"(,"{}":{})", member.name, member.value)
                              : fmt::format(R"(,"{}":"{}")", member.name, member.value);
    return out;
}

std::string_view role_name(Role role) { return role == Role::agent ? "agent" : role == Role::supervisor ? "supervisor" : "user"; }

}  // namespace

void Line::send(std::string_view message_text) {
    office.node().may_throw(office.company());
    if (closed_with != 0) return;
    greeted = true;  // the first thing that the server says
    if (!cut) office.hear(client, message_text);
}

void Line::close(std::uint16_t code, std::string_view) {
    closed_with = code;
    office.closed(client, code);
}

/// The line stays where it is: the server is still on the stack of it.
void Office::closed(Client& client, std::uint16_t code) {
    note(fmt::format("{} is closed with {}", client.user, code));
    if (client.line && client.line->closed_with != 0) gone_.push_back(std::move(client.line));
    if (code == server::close_taken_over) return;
    if (code != server::close_try_later) blame(fmt::format("{} is closed with {}", client.user, code));
    was_turned_away_ = true;
    ++tally.turned_away;
}

void Office::act() {
    gone_.clear();
    act(somebody());
}

void Office::act(Client& client) {
    if (!client.line || client.line->cut) return come(client);
    if (std::exchange(client.says_again, false)) say_again(client);
    if (client.line && !client.line->cut) say(client, words_of(client));
}

/// Mostly a contact that is the user's business, sometimes any name.
ContactId Office::some_call_of(const UserId& user) {
    std::vector<ContactId> known;
    if (const auto* live = island())
        for (const auto* calls : {&live->state().contacts_of(user), &live->state().offers_to(user)})
            known.insert(known.end(), calls->begin(), calls->end());
    if (known.empty() && haste_ > 1) return ContactId{fmt::format("of-{}-{}", user, random_.below(6))};
    if (known.empty() || random_.below(5) == 0) return ContactId{own(fmt::format("c{}", random_.below(6)))};
    return known[random_.below(known.size())];
}

std::string Office::words_of(const Client& client) {
    const ContactId call_id = some_call_of(client.user);
    const Contact* contact = island() == nullptr ? nullptr : island()->state().contact(call_id);
    const std::string visitor = contact != nullptr ? contact->visitor.str() : own("vera");
    const std::string agent = contact != nullptr && contact->has_agent() ? contact->agent.str() : own("amina");
    const bool often = random_.below(4) != 0;
    const Member call = text("callId", call_id.view());
    const auto about = [&](std::string_view type) { return message(type, {call}); };
    const auto media = [&](bool up) { return message("media_state", {call, text("state", up ? "up" : "down")}); };
    const auto room = [](std::string_view name) { return text("roomId", name); };
    const auto target = [](std::string_view name) { return text("targetUserId", name); };
    if (client.version == 2 && random_.below(2) == 0) {
        // What a page does when nothing goes wrong.
        if (contact != nullptr && contact->is_offered_to(client.user)) return about("accept_contact");
        if (contact != nullptr && contact->has_agent() && contact->party_of(client.user)) return media(true);
    }
    if (client.version == 1 && client.role == Role::customer) {
        switch (random_.below(5)) {
            case 0: return message("join_room", {room(public_calls_room)});
            case 1: return message("call_ended", {call, room(public_calls_room)});
            case 2: return message("ice_candidate", {target(agent), raw("candidate", "{}"), call});
            default: return message("webrtc_offer", {target(agent_room), raw("offer", "{}"), call});
        }
    }
    if (client.version == 1) {
        switch (random_.below(6)) {
            case 0: return message("join_room", {room(agent_room)});
            case 1: return message("leave_room");
            case 2: return message("agent_status", {text("status", often ? "available" : "busy")});
            case 3: return message("call_ended", {call, room(agent_room)});
            default: return message("webrtc_answer", {target(visitor), raw("answer", "{}"), call});
        }
    }
    if (client.role == Role::customer) {
        switch (random_.below(15)) {
            case 8: return often ? about("open_contact") : message("open_contact", {call, text("queueId", "sales")});
            case 9: return about("keep_place");
            case 10: return often ? message("request_callback", {call, text("phone", "+49 30 1")}) : about("request_callback");
            case 11: return message("send_chat", {call, text("text", "hello")});
            case 12: return message("rate_contact", {call, raw("rating", "5")});
            case 13: return message("leave_voicemail", {call, text("recordingId", "rec-1"), raw("durationMs", "5000")});
            case 14: return often ? message("ping") : message("get_queue_status");
            case 0: return about("end_contact");
            case 1: return about("claim_media");
            case 2: return message("ice_candidate", {target(agent), raw("candidate", "{}"), call});
            case 3:
            case 4:
            case 5: return media(often);
            default: return message("webrtc_offer", {target(often ? agent_room : public_calls_room), raw("offer", "{}"), call});
        }
    }
    const std::string colleague = colleagues_[random_.below(colleagues_.size())].str();
    const Member them = text("agentId", colleague);
    const Member somebody = often ? them : text("queueId", "default");
    const auto intent = [](bool available) { return text("intent", available ? "available" : "not_ready"); };
    switch (random_.below(36)) {
        case 35: return message("get_directory");
        case 34: return about("callback_reached");
        case 14: return about("hold_contact");
        case 15: return about("resume_contact");
        case 16:
        case 17: return message("consult", {call, somebody, text("note", "help")});
        case 18: return about("complete_transfer");
        case 19: return about("start_conference");
        case 20: return about("cancel_consult");
        case 21: return message("transfer_contact", {call, somebody, text("note", "please")});
        case 22: return about("requeue_contact");
        case 23: return often ? about("end_wrap_up") : message("end_wrap_up", {call, them});
        case 24: return about("extend_wrap_up");
        case 25: return message("supervise_contact", {call, text("mode", often ? "whisper" : "none")});
        case 26: return about("take_over_contact");
        case 27: return message("force_intent", {them, intent(often), text("note", "because")});
        case 28: return message("set_notes", {call, text("notes", "notes")});
        case 29: return message("reassign_contact", {call, them});
        case 30: return message("set_muted", {call, flag("muted", often)});
        case 31: return message("end_contact", {call, text("reason", no_answer)});
        case 32: return message("watch_live", {flag("watch", often)});
        case 33: return message("cancel_next_intent");
        case 12: return message("join_room", {room(agent_room)});
        case 13: return message("call_ended", {call, room(agent_room)});
        case 0: return message("set_agent_intent", {intent(often)});
        case 1: return message("set_media_ready", {flag("ready", often)});
        case 2: return about("decline_contact");
        case 3: return about("claim_media");
        case 4: return often ? message("webrtc_answer", {target(visitor), raw("answer", "{}"), call}) : about("end_contact");
        case 5: return message("set_agent_intent", {intent(true)});
        case 6: return message("set_media_ready", {flag("ready", true)});
        case 7:
        case 8: return media(often);
        default: return about("accept_contact");
    }
}

void Office::say(Client& client, std::string words) {
    Line& line = *client.line;
    if (client.version == 1) {
        note(fmt::format("{} says {}", client.user, words));
        return line.handler->received(line, fmt::format("{{{}}}", words), node_.now);
    }
    const std::string id = std::to_string(++client.commands);
    client.unanswered.emplace_back(id, words);
    const auto fate = random_.below(20);
    if (fate == 1) {
        note(fmt::format("{} loses its connection with what it said", client.user));
        line.cut = true;
    }
    if (fate != 0) pass_on(client, id, words);
    if (fate == 0) {
        note(fmt::format("{} loses its connection and what it said", client.user));
        line.cut = true;
    }
    // The server may hear of it at once, or when it misses its pings.
    if (fate <= 1 && client.line && random_.below(2) == 0) lose(client, 1006);
}

void Office::pass_on(Client& client, const std::string& id, const std::string& words) {
    if (!client.line) return;
    Line& line = *client.line;
    note(fmt::format("{} says #{} {}", client.user, id, words));
    const auto* live = island();
    const bool is_repeat =
        live != nullptr && !client.session.empty() && live->state().has_had_effect(command_key(client.session, CommandId{id}));
    const Sequence before = is_repeat ? live->state().sequence() : Sequence{};
    const std::string ack = random_.below(4) == 0 ? fmt::format(R"(,"ack":{})", client.seen) : std::string{};
    line.handler->received(line, fmt::format(R"({{{},"id":"{}"{}}})", words, id, ack), node_.now);
    if (!is_repeat) return;
    ++tally.repeats;
    if (island() == live && live->state().sequence() != before)
        blame(fmt::format("the repeated command {} {} had an effect", client.session, id));
}

void Office::say_again(Client& client) {
    const auto unanswered = client.unanswered;
    for (const auto& [id, words] : unanswered) {
        if (!client.line || client.line->cut) return;
        // A repetition may bring the answers of those behind it.
        const bool is_open = std::any_of(client.unanswered.begin(), client.unanswered.end(),
                                         [&, &wanted = id](const auto& one) { return one.first == wanted; });
        if (is_open) pass_on(client, id, words);
    }
}

void Office::come(Client& client) {
    std::unique_ptr<Line> former = std::move(client.line);  // the server may not know yet that it is cut
    client.line = std::make_unique<Line>(*this, client);
    Line& line = *client.line;
    const std::string token = fmt::format("{}@{}/{}", client.user, company_, role_name(client.role));
    const bool resumes = client.version == 2 && !client.resume_token.empty();
    const bool knows = resumes && random_.below(8) != 0;  // a reloaded page has the token, and no memory
    note(fmt::format("{} comes{}", client.user, knows ? fmt::format(", having seen {}", client.seen) : resumes ? ", reloaded" : ""));
    if (resumes && !knows) client.unanswered.clear();
    server::Admission admission;
    if (client.version == 2 && random_.below(2) == 0) {
        std::string first = fmt::format(R"({{"type":"authenticate","token":"{}")", token);
        if (resumes) first += fmt::format(R"(,"resumeToken":"{}")", client.resume_token);
        if (knows) first += fmt::format(R"(,"seq":{})", client.seen);
        admission = node_.gateway().admit_by_message(first + "}", node_.now);
    } else {
        std::string query = "token=" + token;
        if (resumes) query += "&resume=" + client.resume_token;
        if (knows) query += fmt::format("&seq={}", client.seen);
        admission = node_.gateway().admit({query, client.version == 2, "simulation"}, node_.now);
    }
    if (admission.refused) {
        client.line.reset();
        return blame(fmt::format("{} is refused: {}", client.user, admission.close_reason));
    }
    client.awaits_reset = false;
    server::LinkHandler& handler = node_.gateway().opened(line, admission.ticket, node_.now);
    if (client.line) client.line->handler = &handler;
    if (former && former->closed_with == 0) {  // what is left of the former connection ends when the server misses its pings
        former->handler->closed(*former, 1006, node_.now);
    }
    if (former) gone_.push_back(std::move(former));
    if (client.line && client.line->greeted && !client.awaits_reset) {
        client.says_again = false;
        say_again(client);
    }
}

void Office::lose(Client& client, std::uint16_t code) {
    if (!client.line) return;
    std::unique_ptr<Line> line = std::move(client.line);
    line->cut = true;
    note(fmt::format("{} is disconnected, {}", client.user, code));
    line->handler->closed(*line, code, node_.now);
    gone_.push_back(std::move(line));
    if (client.version == 1) forget(client);
}

/// Says goodbye: nothing of its session is of use to it any more.
void Office::leave(Client& client) {
    lose(client, 1000);
    forget(client);
}

void Office::forget(Client& client) {
    client.session = {};
    client.resume_token.clear();
    client.epoch.clear();
    client.seen = 0;
    client.unanswered.clear();
    client.says_again = client.awaits_reset = false;
}

void Office::change_connection() {
    gone_.clear();
    Client& client = *clients_[random_.below(clients_.size())];
    if (!client.line || client.line->cut) return random_.below(3) == 0 ? leave(client) : come(client);
    if (client.version == 1 || random_.below(3) == 0) return leave(client);
    if (random_.below(3) != 0) return lose(client, random_.below(2) == 0 ? 1001 : 1006);
    note(fmt::format("{} is cut off", client.user));
    client.line->cut = true;
}

// What the server says.

void Office::hear(Client& client, std::string_view words) {
    for (const CompanyId& other : others_)
        if (words.find(other.view()) != std::string_view::npos) blame(fmt::format("{} hears of {}", client.user, other));
    json::error_code error;
    const json::value parsed = json::parse(json::string_view(words.data(), words.size()), error);
    if (error || !parsed.is_object()) return blame(fmt::format("{} hears what is no JSON object", client.user));
    const json::object& object = parsed.get_object();
    const std::string type = text_in(object, "type");
    read_log();
    if (client.version == 2 && type == "connection_established") {
        client.session = SessionId{text_in(object, "sessionId")};
        client.resume_token = text_in(object, "resumeToken");
        const std::string epoch = text_in(object, "epoch");
        const auto* resumed = object.if_contains("resumed");
        const std::uint64_t counted = number_in(object, "seq").value_or(0);
        client.awaits_reset = resumed == nullptr || !resumed->is_bool() || !resumed->as_bool();
        if (!client.awaits_reset) {
            ++tally.resumed;
            if (epoch != client.epoch) blame(fmt::format("{} goes on in another epoch", client.user));
            if (counted != client.seen) blame(fmt::format("{} goes on after {}, and has seen {}", client.user, counted, client.seen));
        }
        client.epoch = epoch;
        client.seen = counted;
        return;
    }
    if (client.version == 2) {
        const auto seq = number_in(object, "seq");
        if (!seq || *seq != client.seen + 1)
            blame(fmt::format("{} hears {} as {} after {}", client.user, type, seq.value_or(0), client.seen));
        client.seen = seq.value_or(client.seen);
        if (client.awaits_reset && type != "session_reset") blame(fmt::format("{} hears {} before its snapshot", client.user, type));
    }
    if (type == "ack" || type == "error") return hear_answer(client, text_in(object, "id"));
    if (type == "session_reset") {
        client.awaits_reset = false;
        client.says_again = true;
        if (const auto* snapshot = object_in(object, "snapshot")) {
            const auto* contacts = snapshot->if_contains("contacts");
            if (contacts != nullptr && contacts->is_array())
                for (const json::value& contact : contacts->get_array()) {
                    const std::string call = text_in(contact.as_object(), "callId");
                    if (!created_in_log_.contains(ContactId{call}))
                        blame(fmt::format("{} is shown {}, which the log has not", client.user, call));
                }
        }
        return;
    }
    if (type == "webrtc_offer") {
        // Whoever offers under a name that another visitor has taken is no contact of that name.
        const ContactId call{text_in(object, "callId")};
        const Contact* contact = island() == nullptr ? nullptr : island()->state().contact(call);
        if (contact != nullptr && contact->visitor.view() == text_in(object, "fromUserId") && !created_in_log_.contains(call))
            blame(fmt::format("{} hears of {}, which the log has not", client.user, call));
    }
    if (type != "contact_state") return;
    const json::object* contact = object_in(object, "contact");
    if (contact == nullptr) return blame("contact_state without a contact");
    const ContactId call{text_in(*contact, "callId")};
    if (text_in(*contact, "state") == "closed" && !ended_in_log_.contains(call))
        blame(fmt::format("{} hears of an end of {}, which the log has not", client.user, call));
    const json::object* agent = object_in(*contact, "agent");
    const UserId by{agent == nullptr ? std::string{} : text_in(*agent, "userId")};
    if (!by.empty() && !accepted_in_log_.contains({call, by}))
        blame(fmt::format("{} hears that {} has {}, which the log has not", client.user, by, call));
}

void Office::hear_answer(Client& client, const std::string& id) {
    if (id.empty()) return;
    if (std::erase_if(client.unanswered, [&](const auto& command) { return command.first == id; }) == 0)
        blame(fmt::format("{} hears a second answer to {}", client.user, id));
}

}  // namespace calldocker::simulation
