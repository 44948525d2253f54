#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "domain/messages/identity.hpp"
#include "server/net/link.hpp"

namespace calldocker::simulation {

class Office;
struct Client;

/// One connection, as the gateway sees it.
struct Line final : server::Link {
    Line(Office& of, Client& by) : office(of), client(by) {}
    void send(std::string_view text) override;
    void close(std::uint16_t code, std::string_view reason) override;
    [[nodiscard]] std::string_view peer() const override { return "simulation"; }
    [[nodiscard]] bool is_open() const { return !cut && closed_with == 0; }

    Office& office;
    Client& client;
    server::LinkHandler* handler{};
    std::uint16_t closed_with{};  ///< by the server
    bool greeted{};               ///< the server has a session on it,
    SessionId session;            ///< of version 2 this one, whether or not the client has heard of it
    bool cut{};                   ///< nothing arrives any more in either direction, and the server does not know
};

/// What a page shows of a contact, in so far as every change of it is told.
struct Shown {
    std::string state, agent, role;
    bool visitor_lost{}, agent_lost{}, owns_media{};
    friend bool operator==(const Shown&, const Shown&) = default;
};

/// What a page of version 2 remembers, and a goodbye forgets.
struct Memory {
    SessionId session;
    std::string resume_token, epoch;
    std::uint64_t life = 0;                                      ///< of its company (Office::life()), when it was welcomed last
    std::uint64_t seen = 0;                                      ///< the last seq
    bool awaits_reset{};                                         ///< its session did not go on: the next message is a snapshot
    bool says_again{};                                           ///< has been reset since it last spoke
    std::deque<std::pair<std::string, std::string>> unanswered;  ///< commands: id and message
};

/// What it shows.
struct Screen {
    std::map<ContactId, Shown> contacts;
    std::map<std::string, std::set<std::string>> rooms;
    std::string label;  ///< of staff
    friend bool operator==(const Screen&, const Screen&) = default;
};

/// One tab.
struct Client {
    UserId user;
    domain::Role role{};
    int version{};
    std::uint64_t commands = 0;  ///< said so far
    std::unique_ptr<Line> line;
    Memory memory;
    Screen screen;

    [[nodiscard]] bool is_connected() const { return line && line->is_open(); }
};

}  // namespace calldocker::simulation
