#include <boost/json/parse.hpp>

#include "domain/contacts/contact_rules.hpp"
#include "simulation/office.hpp"
#include "simulation/screen.hpp"

/// What clients are told, and that it may be told.
namespace calldocker::simulation {

using namespace domain;

namespace json = boost::json;

void Line::send(std::string_view text) {
    office.node().may_throw();
    if (closed_with != 0) return;
    if (!std::exchange(greeted, true) && client.version == 2) session = SessionId{text_in(json::parse(text).as_object(), "sessionId")};
    if (!cut) office.hear(client, text);
}

void Line::close(std::uint16_t code, std::string_view) {
    closed_with = code;
    office.closed(*this);
}

/// The server closes what another connection of the session has taken over, and what belongs to a company that has failed, or rests.
void Office::closed(Line& line) {
    Client& client = line.client;
    note(fmt::format("{} is closed with {}", client.user, line.closed_with));
    const bool is_current = client.line.get() == &line;
    if (is_current) gone_.push_back(std::move(client.line));  // the server is still on its stack
    if (line.closed_with == server::close_taken_over) {
        ++tally.taken_over;
        if (is_current) blame(fmt::format("{} is taken over by nobody", client.user));
        return;
    }
    ++tally.turned_away;
    if (line.closed_with != server::close_try_later) return blame(fmt::format("{} is closed with {}", client.user, line.closed_with));
    if (island() != nullptr && !has_just_failed()) blame(fmt::format("{} is turned away, and its company has not failed", client.user));
}

void Office::hear(Client& client, std::string_view words) {
    json::error_code error;
    const json::value parsed = json::parse(json::string_view(words.data(), words.size()), error);
    if (error || !parsed.is_object()) return blame(fmt::format("{} hears what is no JSON object", client.user));
    const json::object& said = parsed.get_object();
    const std::string type = text_in(said, "type");
    for (const CompanyId& other : others_)
        if (words.find(other.view()) != std::string_view::npos) blame(fmt::format("{} hears of {}: {}", client.user, other, words));
    read_log();
    if (client.version == 1) return hear_fact(client, type, said);

    if (type == "connection_established") return hear_welcome(client, said);
    const auto seq = number_in(said, "seq");
    if (type == "clock") {  // neither counted nor kept; it may come before the snapshot that waits for the log
        if (seq != client.memory.seen)
            blame(fmt::format("{} hears what the time is as {} after {}", client.user, seq.value_or(0), client.memory.seen));
        return;
    }
    if (seq != client.memory.seen + 1)
        blame(fmt::format("{} hears {} as {} after {}", client.user, type, seq.value_or(0), client.memory.seen));
    client.memory.seen = seq.value_or(client.memory.seen);
    if (client.memory.awaits_reset && type != "session_reset") blame(fmt::format("{} hears {} before its snapshot", client.user, type));
    if (type == "session_reset") client.memory.says_again = true;
    if (type == "session_reset") client.memory.awaits_reset = false;
    if (type == "ack" || type == "error") hear_answer(client, said, type == "ack");
    hear_fact(client, type, said);
    show(client.screen, type, said);
}

void Office::hear_welcome(Client& client, const json::object& said) {
    const SessionId session{text_in(said, "sessionId")};
    const std::string epoch = text_in(said, "epoch");
    const std::uint64_t counted = number_in(said, "seq").value_or(0);
    const auto* resumed = said.if_contains("resumed");
    client.memory.awaits_reset = resumed == nullptr || !resumed->is_bool() || !resumed->as_bool();
    if (!client.memory.session.empty() && session != client.memory.session)
        blame(fmt::format("{} comes back to {} and is given {}", client.user, client.memory.session, session));
    if (client.memory.awaits_reset) ++tally.reset;
    if (!client.memory.awaits_reset) {
        ++tally.resumed;
        if (epoch != client.memory.epoch) blame(fmt::format("{} goes on in another epoch", client.user));
        if (life() != client.memory.life) blame(fmt::format("{} goes on, though its company has lost its session since", client.user));
        if (counted != client.memory.seen)
            blame(fmt::format("{} goes on after {}, and has seen {}", client.user, counted, client.memory.seen));
    }
    client.memory.session = session;
    client.memory.resume_token = text_in(said, "resumeToken");
    client.memory.epoch = epoch;
    client.memory.seen = counted;
    client.memory.life = life();
}

/// One answer to each command, and a yes only once it is written.
void Office::hear_answer(Client& client, const json::object& said, bool was_done) {
    const std::string id = text_in(said, "id");
    if (id.empty()) return;
    if (std::erase_if(client.memory.unanswered, [&](const auto& command) { return command.first == id; }) == 0)
        blame(fmt::format("{} hears a second answer to {}", client.user, id));
    const std::string key = command_key(client.memory.session, CommandId{id});
    if (was_done && island() != nullptr && island()->state().has_had_effect(key) && !commands_in_log_.contains(key))
        blame(fmt::format("{} hears that {} is done, which the log has not", client.user, id));
}

/// Whatever anybody hears of must be in the log by then.
void Office::hear_fact(const Client& client, std::string_view type, const json::object& said) {
    const auto must_be_known = [&](const ContactId& call) {
        if (!created_in_log_.contains(call)) blame(fmt::format("{} hears of {}, which the log has not", client.user, call));
    };
    if (type == "session_reset") {
        for (const json::object* contact : objects_in(*object_in(said, "snapshot"), "contacts"))
            must_be_known(ContactId{text_in(*contact, "callId")});
    }
    if (type == "webrtc_offer") {
        // Whoever offers under a name that another visitor has taken is no contact of that name.
        const ContactId call{text_in(said, "callId")};
        const Contact* contact = island() == nullptr ? nullptr : island()->state().contact(call);
        if (contact != nullptr && contact->visitor.view() == text_in(said, "fromUserId")) must_be_known(call);
    }
    if (type != "contact_state" && type != "contact_offered") return;
    const json::object* contact = object_in(said, "contact");
    if (contact == nullptr) return blame(fmt::format("{} without a contact", type));
    const ContactId call{text_in(*contact, "callId")};
    must_be_known(call);
    if (text_in(*contact, "state") == "closed" && !ended_in_log_.contains(call))
        blame(fmt::format("{} hears of an end of {}, which the log has not", client.user, call));
    const json::object* agent = object_in(*contact, "agent");
    const UserId by{agent == nullptr ? std::string{} : text_in(*agent, "userId")};
    if (!by.empty() && !accepted_in_log_.contains({call, by}))
        blame(fmt::format("{} hears that {} has {}, which the log has not", client.user, by, call));
}

}  // namespace calldocker::simulation
