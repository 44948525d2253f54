#include "simulation/office.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/codec/codec.hpp"
#include "domain/contacts/contact_rules.hpp"

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

Office::Office(std::uint64_t seed) : random_(seed) {
    const auto tabs = [&](const char* user, Role role, int version, int count) {
        for (int i = 1; i <= count; ++i) {
            Client client;
            client.user = UserId{user};
            client.role = role;
            client.version = version;
            if (version == 2) client.session = SessionId{fmt::format("{}-{}", user, i)};
            clients_.push_back(std::move(client));
        }
    };
    tabs("amina", Role::agent, 2, 2);
    tabs("ben", Role::agent, 2, 1);
    tabs("carl", Role::agent, 1, 2);
    tabs("sue", Role::supervisor, 2, 1);
    tabs("vera", Role::customer, 2, 2);
    tabs("walt", Role::customer, 2, 1);
    tabs("xena", Role::customer, 1, 1);
    start();
    if (seed % 2 == 0) set_up();
}

/// Every other office has queues with rules of their own; the others are as a company is that has set up nothing.
void Office::set_up() {
    const Identity admin{CompanyId{"acme"}, UserId{"ada"}, Role::admin, "", "", false, {}};
    const auto configured = island_->configure(admin, R"({"queues":[
        {"id":"default","metric":"longest_idle","max_wait_seconds":90,"overflow_to":"sales","sticky_seconds":15,"misses_max":2},
        {"id":"sales","metric":"best_skill","max_length":4,"wrap_up_seconds":10,
         "requirements":[{"skill":"billing","level":3,"relaxations":[{"after_seconds":20,"level":0}]}]}],
        "agents":[{"agent":"amina","skills":{"billing":5}},{"agent":"ben","skills":{"billing":2}}]})",
                                               now_);
    if (!configured) blame("the company cannot be set up: " + configured.error().detail);
    log_.settle();
}

void Office::note(std::string text) {
    trace_.push_back(fmt::format("{} {}", to_iso8601(now_).substr(11), text));
    if (trace_.size() > 60) trace_.pop_front();
}

std::string Office::last_steps() const { return fmt::format("{}", fmt::join(trace_, "\n")); }

void Office::start() {
    auto opened = app::Island::open(CompanyId{"acme"}, log_.history(), {log_, *this}, now_);
    if (!opened) return blame("the log cannot be read: " + opened.error().detail);
    island_ = std::move(*opened);
}

void Office::crash() {
    note("crash");
    ++tally.crashes;
    island_.reset();
    // What was on its way to the disk may have reached it or not; nobody was told.
    for (std::uint64_t writes = random_.below(4); writes > 0; --writes) (void)log_.step();
    log_.crash();
    log_.broken = log_.unreadable = false;
    for (Client& client : clients_) {
        client.key.reset();
        client.attached = false;
        client.answered.clear();
        client.held.clear();
    }
    now_ += Milliseconds{static_cast<std::int64_t>(random_.below(4000))};
    durable_ = {};
    start();
}

void Office::pass(Milliseconds time) {
    const Instant until = now_ + time;
    for (int ticks = 0;; ++ticks) {
        if (ticks > 10'000) return blame("the island asks for ticks without end");
        const auto due = island_->next_deadline();
        if (!due || *due > until) break;
        now_ = std::max(now_, *due);
        island_->tick(now_);
        if (random_.below(2) == 0) log_.settle();
    }
    now_ = until;
}

void Office::step() {
    Client& client = clients_[random_.below(clients_.size())];
    const auto chance = random_.below(1000);
    if (chance < 550) return act(client);
    if (chance < 650) return void(log_.step());
    if (chance < 750) return log_.settle();
    if (chance < 830) return pass(Milliseconds{static_cast<std::int64_t>(random_.below(3000))});
    if (chance < 850) return pass(Milliseconds{static_cast<std::int64_t>(random_.below(70'000))});
    if (chance < 970) return change_connection(client);
    if (chance < 980) {
        log_.broken = random_.below(2) == 0;
        log_.unreadable = log_.broken && random_.below(3) == 0;
        note(log_.broken ? "the log breaks" : "the log works");
        return;
    }
    if (chance < 990) log_.broken = log_.unreadable = false;
    if (chance >= 990) crash();
}

// Clients.

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
    const UserId colleague{random_.below(2) == 0 ? "amina" : "ben"};
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
        island_->attach(*client.key, now_);
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

// What must be true.

void Office::read_log() {
    while (value_of(shadow_.sequence()) < log_.events.size()) {
        const auto event = app::codec::from_stored(log_.events[value_of(shadow_.sequence())]);
        if (!event) return blame(event.error().detail);
        read_fact(*event);
        apply(shadow_, *event);
    }
}

void Office::read_fact(const Event& event) {
    if (!event.command_key.empty() && !commands_in_log_.insert(event.command_key).second)
        blame(fmt::format("the command {} is in the log twice", event.command_key));
    const auto* fact = std::get_if<ContactFact>(&event.fact);
    if (fact == nullptr) return;
    const ContactId& call = call_of(*fact);
    const bool is_creation = std::holds_alternative<fact::ContactCreated>(*fact);
    const bool comes_after = std::holds_alternative<fact::WrapUpEnded>(*fact) || std::holds_alternative<fact::WrapUpExtended>(*fact) ||
                             std::holds_alternative<fact::NotesSet>(*fact) || std::holds_alternative<fact::ContactRated>(*fact);
    if (!comes_after && is_creation == live_in_log_.contains(call))
        blame(fmt::format("event {} is out of place", value_of(event.sequence)));
    if (is_creation) {
        live_in_log_.insert(call);
        created_in_log_.insert(call);
        ++tally.created;
    }
    if (const auto* accepted = std::get_if<fact::ContactAccepted>(fact)) accepted_in_log_.emplace(call, accepted->agent);
    if (const auto* handed = std::get_if<fact::ContactHandedOver>(fact)) accepted_in_log_.emplace(call, handed->to);
    if (std::holds_alternative<fact::ContactConnected>(*fact)) ++tally.connected;
    if (std::holds_alternative<fact::ContactRequeued>(*fact)) ++tally.requeued;
    if (const auto* ended = std::get_if<fact::ContactEnded>(fact)) {
        live_in_log_.erase(call);
        ended_in_log_.insert(call);
        ++tally.ended;
        tally.reasons.insert(ended->reason);
    }
}

bool Office::is_here(const UserId& user, const Endpoint& endpoint) const {
    return std::any_of(clients_.begin(), clients_.end(), [&](const Client& client) {
        if (!client.key || !client.attached || client.user != user) return false;
        return endpoint.version == 1 ? client.version == 1 : client.session == endpoint.session;
    });
}

void Office::check_contact(const Contact& contact) {
    const auto fault = [&](std::string_view what) { blame(fmt::format("{}: {}", contact.call, what)); };
    const bool is_with_agent =
        contact.is_in_call() || contact.state == ContactState::connecting || contact.state == ContactState::callback_dialing;
    const bool rings = contact.state == ContactState::offering || contact.state == ContactState::transferring ||
                       contact.state == ContactState::callback_offering;
    const bool somebody_is_lost = contact.visitor_side.lost_at || contact.agent_side.lost_at;
    if (contact.state == ContactState::closed) fault("closed, and still live");
    if (contact.has_agent() != is_with_agent) fault("the agent does not fit the state");
    if (rings == contact.offered.empty()) fault("the offers do not fit the state");
    if ((contact.state == ContactState::wrapup) != contact.is_over()) fault("over, and not in wrap-up");
    if (contact.state == ContactState::wrapup && contact.wrap_ups.empty()) fault("in wrap-up without anybody");
    const bool must_end = contact.state == ContactState::connecting || contact.state == ContactState::callback_dialing ||
                          contact.state == ContactState::prequeue || contact.is_over() || contact.awaits_callback();
    if (must_end && !deadline_of(contact)) fault("without a deadline");
    if (contact.is_waiting() && !contact.is_voicemail() && contact.visitor_side.lost_at && !deadline_of(contact))
        fault("stranded in the queue");
    const bool somebody_vouches = contact.visitor_side.vouches_for_media() || contact.agent_side.vouches_for_media();
    if (contact.is_in_call() && !contact.is_voicemail() && somebody_is_lost && !somebody_vouches && !deadline_of(contact))
        fault("stranded");
    for (const auto& [agent, since] : contact.offered)
        if (island().state().is_working(agent)) fault("rings somebody who is in a contact");
    if (!island().can_write() || contact.is_over()) return;
    if (is_here(contact.visitor, contact.visitor_side.endpoint) == contact.visitor_side.lost_at.has_value())
        fault("whether the visitor is lost is not known");
    if (is_with_agent && is_here(contact.agent, contact.agent_side.endpoint) == contact.agent_side.lost_at.has_value())
        fault("whether the agent is lost is not known");
}

std::vector<std::string> Office::check() {
    read_log();
    const State& state = island().state();
    for (const auto& [call, contact] : state.contacts()) check_contact(contact);
    for (const std::string& violation : island_->audit(now_)) blame("the auditor: " + violation);
    if (const auto due = island().next_deadline(); due && log_.is_settled() && *due <= now_) {
        island_->tick(now_);
        if (const auto next = island().next_deadline(); next && *next <= now_) blame("a tick does not do what is due");
    }
    if (state.sequence() == shadow_.sequence()) {
        ++tally.comparisons;
        if (!(state == shadow_)) blame("the live state is not what its log says");
    }
    for (const Client& client : clients_) {
        if (!client.key || client.role == Role::customer) continue;
        const auto agent = island().view(*client.key).snapshot.agent;
        const bool shows_work = agent && (agent->label == AgentLabel::on_call || agent->label == AgentLabel::on_hold ||
                                          agent->label == AgentLabel::wrapup || agent->label == AgentLabel::reserved);
        const bool has_work = state.is_working(client.user) || !state.offers_to(client.user).empty();
        const bool is_set_aside = agent && agent->label == AgentLabel::system;
        if (shows_work != has_work && !is_set_aside) blame(fmt::format("{} is shown with work that is not there, or without", client.user));
    }
    return std::exchange(faults_, {});
}

void Office::close_for_the_day() {
    log_.broken = log_.unreadable = false;
    log_.settle();
    pass(1min);
    log_.settle();
    for (Client& client : clients_) leave(client);
    // Callbacks are given up after a day, messages after a week.
    for (int i = 0; i < 16; ++i) {
        pass(12h);
        log_.settle();
    }
}

std::vector<std::string> Office::check_the_end() {
    read_log();
    const State& state = island().state();
    if (!state.contacts().empty()) blame("contacts are left");
    if (!live_in_log_.empty()) blame("the log leaves contacts open");
    if (!state.agents().empty()) blame("agents are left");
    if (tally.created != tally.ended) blame("not every contact has ended once");
    if (!(state == shadow_)) blame("the live state is not what its log says");
    if (!island().is_idle()) blame("the island is not idle");
    const auto replayed = app::codec::replay(log_.history());
    if (!replayed || !(*replayed == state)) blame("a replay is not the same");
    return std::exchange(faults_, {});
}

}  // namespace calldocker::simulation
