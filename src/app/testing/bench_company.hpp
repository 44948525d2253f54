#pragma once
#include <deque>
#include <memory>
#include <string>

#include "app/live_island.hpp"

/// A company for benchmarks: an island whose log and outbox cost next to nothing.
namespace calldocker::app::testing {

inline constexpr Instant t0 = from_unix_ms(1'795'408'000'000);

/// Takes every event, keeps none.
class Sink final : public ports::EventLog {
public:
    void append(const CompanyId&, Sequence, std::vector<ports::StoredEvent> events, Appended done) override {
        pending_.emplace_back(events.back().sequence, std::move(done));
    }
    void load(const CompanyId&, Loaded) override {}
    void keep_snapshot(const CompanyId&, ports::StoredSnapshot, Done) override {}
    void companies(Companies) override {}
    void settle() {
        for (; !pending_.empty(); pending_.pop_front()) pending_.front().second(pending_.front().first);
    }

private:
    std::deque<std::pair<Sequence, Appended>> pending_;
};

/// Counts notices and drops them.
struct Nowhere final : Outbox {
    void deliver(std::span<const SessionKey> recipients, const domain::Notice&, Sequence) override { delivered += recipients.size(); }
    void release(Sequence) override {}
    void fall_back(Sequence) override {}
    void close(std::span<const SessionKey>, std::uint16_t, std::string_view) override {}
    std::size_t delivered = 0;
};

struct Company {
    using Role = domain::Role;

    Sink log;
    Nowhere outbox;
    std::unique_ptr<Island> island = *Island::open(CompanyId{"acme"}, {}, {log, outbox}, t0);
    std::uint64_t keys = 0;

    SessionKey join(const std::string& user, Role role) {
        const SessionKey key{++keys};
        island->join(
            {key, SessionId{"session-of-" + user}, {CompanyId{"acme"}, UserId{domain::class_of(role), user}, role, "", "", false, {}}, 2},
            t0);
        return key;
    }
    SessionKey ready_agent(const std::string& user) {
        const SessionKey key = join(user, Role::agent);
        say(key, domain::SetMediaReady{true});
        say(key, domain::SetAgentIntent{domain::Intent::available, {}});
        return key;
    }
    void say(SessionKey session, const domain::ClientMessage& message) {
        island->handle(session, message, {}, t0);
        log.settle();
    }
    void call(const std::string& visitor, const std::string& call) {
        say(join(visitor, Role::customer), domain::WebrtcOffer{"agent-room", "{}", ContactId{call}, {}});
    }
};

}  // namespace calldocker::app::testing
