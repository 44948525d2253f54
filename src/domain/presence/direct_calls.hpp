#pragma once
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/budgets/holdings.hpp"

namespace calldocker::domain {

/// A named call between users that is not a contact: an offer to a person, or a call announced in a room.
struct DirectCall {
    UserId owner;    ///< the first to name it
    UserId partner;  ///< the first to answer the owner; empty until then
    RoomId room;     ///< the room in which the owner has named it last; empty: none
    UserId asked;    ///< the person that the owner has offered it to last; empty: nobody

    /// @return whether it rings a user who is in this room: until somebody has answered
    [[nodiscard]] bool rings_at(const UserId& user, const RoomId& where) const {
        return !is_answered() && (room == where || asked == user);
    }
    [[nodiscard]] bool is_answered() const { return !partner.empty(); }
    [[nodiscard]] bool has_party(const UserId& user) const { return user == owner || user == partner; }
};

/// Who owns which call name (docs/protocol.md, "the first user to name a callId owns it"). Part of presence.
class DirectCalls {
public:
    [[nodiscard]] const DirectCall* find(const ContactId& call) const;
    /// @return whether the user is a party of an answered call other than `except`
    [[nodiscard]] bool is_busy(const UserId& user, const ContactId& except) const;

    /// The name goes to `user` unless somebody has it already. For its owner, the call rings there from now on.
    /// @param room, asked  one of them; the other is empty, and stays as it was
    /// @param address  a new name counts for this address
    /// @errors overloaded (direct_calls_per_user_max, direct_calls_max)
    Result<> name(const ContactId& call, const UserId& user, const RoomId& room, const UserId& asked, AddressKey address = no_address);
    [[nodiscard]] std::size_t size() const { return calls_.size(); }
    /// How many the user is a party of, or has named.
    [[nodiscard]] std::size_t of(const UserId& user) const;
    /// How many calls were named from there.
    [[nodiscard]] std::size_t of(AddressKey address) const { return named_from_.of(address); }
    /// @errors reservation_lost (somebody else has answered). Does nothing for unknown calls and for the owner.
    Result<> answer(const ContactId& call, const UserId& user);
    void end(const ContactId& call);

    /// The user's last session has left at `now`: the calls wait for original_page_grace.
    void departed(const UserId& user, Instant now);
    void returned(const UserId& user);

    struct Lost {
        ContactId call;
        UserId who;
        DirectCall parties;
    };
    /// Ends the calls of users who did not come back in time.
    [[nodiscard]] std::vector<Lost> expire(Instant now);
    [[nodiscard]] std::optional<Instant> next_deadline() const;

private:
    void forget(const UserId& user, const ContactId& call);

    std::map<ContactId, DirectCall> calls_;
    Holdings<ContactId> named_from_;
    std::map<UserId, std::set<ContactId>> of_user_;
    std::map<UserId, Instant> due_of_;
    std::set<std::pair<Instant, UserId>> due_;
};

}  // namespace calldocker::domain
