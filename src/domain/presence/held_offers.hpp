#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace calldocker::domain {

/// The visitors' offers that wait for the agent who accepts, and whether that agent has one. Session descriptions are never logged: after a
/// restart the visitor has to send a new one.
class HeldOffers {
public:
    /// Keeps the visitor's latest offer. Beyond held_offer_bytes_max it is not kept.
    void hold(const ContactId& call, std::string_view offer);
    /// @return empty when none is held
    [[nodiscard]] std::string_view held(const ContactId& call) const;
    /// The agent who accepted has an offer; nothing is held any more.
    void delivered(const ContactId& call);
    [[nodiscard]] bool is_delivered(const ContactId& call) const;
    void forget(const ContactId& call);
    template <class IsWanted>
    void retain(IsWanted is_wanted) {
        for (auto desk = desks_.begin(); desk != desks_.end();) {
            const ContactId call = (desk++)->first;
            if (!is_wanted(call)) forget(call);
        }
    }

private:
    struct Desk {
        std::string offer;
        bool delivered{};
    };
    std::map<ContactId, Desk> desks_;
    std::size_t bytes_ = 0;
};

}  // namespace calldocker::domain
