#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "app/island.hpp"
#include "app/testing/fake_log.hpp"
#include "app/testing/recorded_outbox.hpp"

namespace calldocker::app::testing {

/// One company's island with a clock that moves only when the test moves it, a log that writes at once unless the test holds it, and
/// clients.
class World {
public:
    World() { start(); }

    /// Opens the island with what the log holds, as a start of the server does. Sessions of before are gone.
    void start() {
        outbox = std::make_unique<RecordedOutbox>();
        auto opened = Island::open(CompanyId{"acme"}, log.history(), {.log = log, .outbox = *outbox, .budgets = budgets}, now);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        island = std::move(*opened);
        settle();
    }
    void kill() {
        log.crash();
        island.reset();
    }

    /// A tab appears. @param id  the session's; made up when empty
    SessionKey connect(const char* user, domain::Role role, int version = 1, const std::string& id = {}, bool anonymous = false) {
        const SessionKey key{++keys_};
        domain::Identity identity{CompanyId{"acme"}, UserId{domain::class_of(role), user}, role, "", "", anonymous, {}};
        island->join({key, SessionId{id.empty() ? "s" + std::to_string(keys_) : id}, identity, version, address}, now);
        settle();
        return key;
    }
    /// A version 2 agent who is available, with media ready.
    SessionKey ready_agent(const char* user, const std::string& id = {}) {
        const SessionKey key = connect(user, domain::Role::agent, 2, id);
        say(key, domain::SetMediaReady{true});
        say(key, domain::SetAgentIntent{domain::Intent::available, {}});
        (void)heard(key);
        return key;
    }
    SessionKey visitor(const char* user, const std::string& id = {}) { return connect(user, domain::Role::customer, 2, id); }
    void call(SessionKey visitor, const char* call) { say(visitor, domain::WebrtcOffer{"agent-room", "{}", ContactId{call}, {}}); }
    SessionKey agent(const char* user) { return connect(user, domain::Role::agent); }
    SessionKey customer(const char* user) { return connect(user, domain::Role::customer); }

    void say(SessionKey session, const domain::ClientMessage& message, const char* id = nullptr) {
        island->handle(session, message, id ? std::optional{CommandId{id}} : std::nullopt, now);
        settle();
    }
    void join_room(SessionKey session, const char* room) { say(session, domain::JoinRoom{RoomId{room}}); }
    void leave(SessionKey session) {
        island->leave(session, now);
        settle();
    }
    /// Lets time pass, with every timer at its moment.
    void pass(Milliseconds time) {
        const Instant until = now + time;
        for (int ticks = 0;; ++ticks) {
            ASSERT_LT(ticks, 10'000) << "the island asks for ticks without end";
            const auto due = island->next_deadline();
            if (!due || *due > until) break;
            now = std::max(now, *due);
            island->tick(now);
            settle();
        }
        now = until;
    }
    /// Time passes while no server runs.
    void pass_in_darkness(Milliseconds time) { now += time; }
    std::vector<std::string> heard(SessionKey session) { return outbox->take(session); }
    void forget() {
        for (std::uint64_t key = 1; key <= keys_; ++key) (void)outbox->take(SessionKey{key});
    }
    void settle() {
        if (writes_at_once) log.settle();
    }

    FakeLog log;
    std::unique_ptr<RecordedOutbox> outbox;
    std::unique_ptr<Island> island;
    Instant now = from_unix_ms(1'795'408'000'000);
    bool writes_at_once = true;
    domain::Budgets* budgets = nullptr;  // from the next start on
    domain::AddressKey address{};        // of who connects next

private:
    std::uint64_t keys_ = 0;
};

}  // namespace calldocker::app::testing
