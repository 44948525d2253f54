#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string_view>

#include "domain/company/state.hpp"
#include "domain/messages/client_message.hpp"
#include "domain/messages/identity.hpp"
#include "domain/presence/direct_calls.hpp"
#include "domain/presence/presence.hpp"

namespace calldocker::domain {

/// How a sender relates to the object of a message. There may be several relations at once: a supervisor of a call may have joined it.
enum class Relation : std::uint8_t {
    self,           ///< the message is about its sender, or about nothing that is anybody's
    at_work,        ///< likewise, and the sender is available or in a live contact
    unknown,        ///< it names nothing that is live: it never was, has ended, or is another company's
    past_visitor,   ///< the visitor of a contact that has ended
    ended,          ///< the contact is over; it lives on while somebody wraps up
    visitor,        ///< the contact's visitor, until it is over
    agent,          ///< the agent who has the contact
    wrapping_up,    ///< an agent who wraps it up
    wrapped_up,     ///< an agent who had it or wrapped it up lately, and does so no longer
    offered,        ///< an agent that it rings
    asked,          ///< a colleague that a consultation rings
    consulted,      ///< a colleague who has joined to advise
    conference,     ///< a colleague who has joined the call
    supervising,    ///< a supervisor who listens in, whispers or barges
    supervisor_of,  ///< looks after the agent who is named or has the contact, or after agents who could get it
    party,          ///< one of the two of a direct call
    rung,           ///< a call that nobody has answered rings where the sender is
    open_room,      ///< a room that everybody may enter
    staff_room,     ///< the room of the agents
    elsewhere,      ///< it is about a room that the sender is not in
    outsider,       ///< none of these
};
inline constexpr std::size_t relation_count = static_cast<std::size_t>(Relation::outsider) + 1;

[[nodiscard]] constexpr std::string_view name_of(Relation relation) {
    constexpr std::array<std::string_view, relation_count> names{
        "self",          "at_work",    "unknown", "past_visitor", "ended",      "visitor",    "agent",
        "wrapping_up",   "wrapped_up", "offered", "asked",        "consulted",  "conference", "supervising",
        "supervisor_of", "party",      "rung",    "open_room",    "staff_room", "elsewhere",  "outsider"};
    return names[static_cast<std::size_t>(relation)];
}

/// A set of them.
class Relations {
public:
    constexpr Relations() = default;
    constexpr Relations(std::initializer_list<Relation> relations) {
        for (const Relation one : relations) bits_ |= bit(one);
    }
    constexpr Relations& operator|=(Relations other) {
        bits_ |= other.bits_;
        return *this;
    }
    [[nodiscard]] friend constexpr Relations operator|(Relations a, Relations b) { return a |= b; }
    [[nodiscard]] friend constexpr Relations operator&(Relations a, Relations b) {
        a.bits_ &= b.bits_;
        return a;
    }
    [[nodiscard]] constexpr bool has(Relation relation) const { return (bits_ & bit(relation)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(Relations, Relations) = default;

private:
    [[nodiscard]] static constexpr std::uint32_t bit(Relation relation) { return 1u << static_cast<unsigned>(relation); }
    std::uint32_t bits_ = 0;
};

/// The facts and presence from which relations are read.
struct Surroundings {
    const State& state;
    const DirectCalls& direct_calls;
    const std::map<ContactId, RoomId>& named_in;  ///< of live contacts: the room of their visitor's last call_started
};

/// @return how the session relates to what the message is about; never empty
[[nodiscard]] Relations relations_of(const Surroundings& around, const Session& session, const ClientMessage& message);

/// @return the relations to the live contact of this name; if there is none, to the user's ended one. Never empty
[[nodiscard]] Relations relations_to_contact(const Surroundings& around, const Identity& who, const ContactId& call);

}  // namespace calldocker::domain
