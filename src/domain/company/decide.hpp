#pragma once
#include <variant>

#include "domain/company/state.hpp"
#include "domain/contacts/contact_rules.hpp"

/// The rules of a company: what a command means for its facts. Pure functions of facts, presence, command and time.
namespace calldocker::domain {

/// What somebody wants. Who it is comes from the verified connection.
namespace command {

/// A customer's first offer to a queue's room. `rung`: the version 1 staff whom the offer reaches at once.
struct EnterQueue {
    ContactId call;
    UserId visitor;
    Endpoint endpoint;
    RoomId room;
    ContactDetails details;
    std::vector<UserId> rung;
};
/// The visitor's offer once more, while nobody has answered.
struct RingAgain {
    ContactId call;
    std::vector<UserId> rung;
};
struct Accept {
    ContactId call;
    Accepting by;
};
/// As Accept, by the answer of a page that knows no reservations.
struct Answer {
    ContactId call;
    Accepting by;
};
struct Decline {
    ContactId call;
    UserId agent;
    std::string reason;
};
struct End {
    ContactId call;
    Ending by;
    bool staff_may{};
};
struct ReportMedia {
    ContactId call;
    UserId user;
    SessionId session;
    bool up{};
};
struct ClaimMedia {
    ContactId call;
    UserId user;
    Endpoint endpoint;
};
struct SetIntent {
    UserId agent;
    Role role{};
    Intent intent{};
    std::string reason;
};

}  // namespace command

using Command = std::variant<command::EnterQueue, command::RingAgain, command::Accept, command::Answer, command::Decline, command::End,
                             command::ReportMedia, command::ClaimMedia, command::SetIntent>;

/// @return the facts to append, in order; none when the command changes nothing
/// @errors not_found, gone (the contact has ended), reservation_lost, forbidden, conflict (the name is another visitor's),
///         overloaded (live_contacts_max, live_contacts_per_user_max)
[[nodiscard]] Result<Facts> decide(const State& state, const Command& command);

}  // namespace calldocker::domain
