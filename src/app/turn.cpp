#include <fmt/format.h>

#include <algorithm>

#include "app/codec/codec.hpp"
#include "app/life_lines.hpp"
#include "app/live_island.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/presence/limits.hpp"
#include "domain/routing/route.hpp"

namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::perform(const UserId& actor, const Command& command) {
    if (auto affordable = afford(command); !affordable) {
        changes_ = {};
        return fail(affordable.error());
    }
    auto facts = journal_.is_broken()
                     ? Result<Facts>(fail(ErrorCode::unavailable, "Service unavailable: the company's log cannot be written"))
                     : decide(state_, command);
    if (!facts || facts->empty()) changes_ = {};
    if (!facts) return fail(std::move(facts.error()));
    if (facts->empty()) return state_.sequence();
    sign(*facts);
    record(*facts, actor, command_key_);
    remember_origin(command);
    std::size_t bytes = 0;
    for (const ports::StoredEvent& event : unwritten_) bytes += event.data.size();
    charge_for_log(bytes);
    conclude();
    return state_.sequence();
}

void LiveIsland::sign(Facts& facts) const {
    for (Fact& fact : facts) {
        auto* of_contact = std::get_if<ContactFact>(&fact);
        auto* created = of_contact == nullptr ? nullptr : std::get_if<fact::ContactCreated>(of_contact);
        if (created == nullptr) continue;
        created->trace = trace_.empty() ? fmt::format("{:x}-{:x}", to_unix_ms(now_), value_of(state_.sequence())) : std::string(trace_);
    }
}

void LiveIsland::record(const Facts& facts, const UserId& actor, std::string command_key) {
    if (facts.empty()) return;
    begin_day();
    for (const Fact& fact : facts) write_down(fact, actor, std::exchange(command_key, {}));
}

void LiveIsland::record_by_system(const Facts& facts) { record(facts, UserId{system_actor}, {}); }

void LiveIsland::begin_day() {
    if (clockwork_.is_new_day(state_, now_)) write_down(ConfigurationFact{fact::DayBegan{}}, UserId{system_actor}, {});
}

void LiveIsland::write_down(const Fact& fact, const UserId& actor, std::string command_key) {
    const Event event{next(state_.sequence()), now_, actor, std::move(command_key), fact};
    changes_.note(state_, event);
    log_life(company_, state_, event);
    const EstimateAccuracy estimates = state_.records().accuracy();
    const MediaStarts starts = state_.records().media_starts();
    if (const auto* contact_fact = std::get_if<ContactFact>(&fact); contact_fact != nullptr && snapshot_)
        snapshot_->before_change(state_, call_of(*contact_fact));
    apply(state_, event);
    if (tally_ != nullptr) {
        add(*tally_, estimates, state_.records().accuracy());
        add(*tally_, starts, state_.records().media_starts());
    }
    has_news_ = true;
    if (const auto* about = std::get_if<ContactFact>(&fact); about != nullptr && state_.contact(call_of(*about)) == nullptr)
        opened_from_.remove(call_of(*about));
    unwritten_.push_back(codec::to_stored(event));
    const auto* agent_fact = std::get_if<AgentFact>(&fact);
    const auto* changed = agent_fact == nullptr ? nullptr : std::get_if<fact::IntentChanged>(agent_fact);
    if (changed != nullptr && changed->intent == Intent::available) reviews_.emplace(now_ + media_missing_grace, changed->agent);
}

void LiveIsland::follow_agents() {
    // What follows for one may follow for others: who is set not ready has offers that hold no longer.
    for (std::set<UserId> seen; !std::includes(seen.begin(), seen.end(), changes_.agents.begin(), changes_.agents.end());) {
        const std::set<UserId> all = changes_.agents;
        for (const UserId& agent : all)
            if (seen.insert(agent).second || state_.agent(agent).next) record_by_system(consequences_for(state_, presence_, agent, now_));
    }
}

/// Limits that are due act before anybody is routed, however the contact entered the queue.
void LiveIsland::apply_limits() {
    if (changes_.configuration) record_by_system(clockwork_.due(state_, now_));
    for (Facts facts = expired(state_, presence_, now_); !facts.empty(); facts = expired(state_, presence_, now_)) record_by_system(facts);
    for (const ContactId& call : may_be_shut_out()) record_by_system(shut_out(state_, call));
}

/// Contacts that have come to a queue while this command was handled, and those in closed queues whose queue, or whose agent, has changed.
std::set<ContactId> LiveIsland::may_be_shut_out() const {
    std::set<ContactId> calls = changes_.contacts;
    if (!changes_.configuration && changes_.agents.empty()) return calls;
    for (const auto& [id, line] : state_.lines()) {
        if (state_.is_open(state_.configuration().queue_or_default(id).id)) continue;
        for (const Turn& turn : line)
            if (changes_.configuration || changes_.agents.contains(turn.contact->chosen)) calls.insert(turn.contact->call);
    }
    return calls;
}

void LiveIsland::conclude() {
    for (Sequence before{}; before != state_.sequence();) {
        before = state_.sequence();
        follow_agents();
        apply_limits();
    }
    if (has_news_ || (look_again_ && *look_again_ <= now_)) {
        Routing routing = route(state_, presence_, now_);
        record_by_system(routing.facts);
        look_again_ = routing.look_again;
    }
    const bool is_to_be_shown = std::exchange(has_news_, false);

    if (!unwritten_.empty()) journal_.append(std::exchange(unwritten_, {}));
    if (!snapshot_ && value_of(state_.sequence()) - value_of(snapshot_at_) >= events_per_snapshot) begin_snapshot();
    announce();
    if (is_to_be_shown) touch();
}

void LiveIsland::begin_snapshot() {
    snapshot_at_ = state_.sequence();
    snapshot_.emplace(state_, now_);
    go_on_with_snapshot();
}

void LiveIsland::go_on_with_snapshot() {
    snapshot_goes_on_at_ = now_ + snapshot_piece_every;
    if (!snapshot_->go_on(state_, snapshot_piece_bytes)) return;
    journal_.snapshot(std::move(*snapshot_).take());
    snapshot_.reset();
}

void LiveIsland::touch() {
    if (!state_.lines().empty()) places_.changed(now_);
    if (!presence_.watchers().empty() && !live_due_) live_due_ = std::max(now_, live_shown_at_ + live_shown_every);
}

bool LiveIsland::is_known_staff(const UserId& user) const { return presence_.is_staff(user) || state_.agents().contains(user); }

void LiveIsland::review_later(const UserId& user, Instant since) {
    if (!is_known_staff(user) && state_.contacts_of(user).empty()) return;
    for (const Instant review : reviews_after_loss(since)) reviews_.emplace(review, user);
}

void LiveIsland::presence_changed(const UserId& user) {
    if (journal_.is_broken()) return;  // catch_up() looks at everybody
    if (is_known_staff(user)) has_news_ = true;
    record_by_system(consequences_for(state_, presence_, user, now_));
    conclude();
}

void LiveIsland::catch_up() {
    has_news_ = true;
    for (const auto& [user, agent] : state_.agents()) {
        if (presence_.is_here(user)) continue;
        presence_.miss(user, now_);
        review_later(user, now_);
    }
    std::set<UserId> users;
    for (const auto& [call, contact] : state_.contacts()) {
        users.insert(contact.visitor);
        if (contact.has_agent()) users.insert(contact.agent);
        for (const auto& [agent, since] : contact.offered) users.insert(agent);
        for (const Joined& one : contact.others) users.insert(one.who.user);
    }
    for (const UserId& user : users) record_by_system(consequences_for(state_, presence_, user, now_));
    for (const UserId& user : presence_.staff()) {
        changes_.agents.insert(user);
        // An original page does not say again that its agent is there.
        const bool is_at_work = presence_.has_session(user, [](const Session& session) {
            return session.is_original_that_rings() && session.is_staff() && session.is_in(RoomId{agent_room});
        });
        if (is_at_work && state_.agent(user).intent == Intent::offline)
            record_by_system({AgentFact{fact::IntentChanged{user, Intent::available, {}, {}, {}}}});
    }
    record_by_system(clockwork_.due(state_, now_));
    conclude();
}

}  // namespace calldocker::app
