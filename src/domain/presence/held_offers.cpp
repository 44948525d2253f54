#include "domain/presence/held_offers.hpp"

#include "domain/presence/limits.hpp"

namespace calldocker::domain {

void HeldOffers::hold(const ContactId& call, std::string_view offer) {
    Desk& desk = desks_[call];
    bytes_ -= desk.offer.size();
    desk.offer.clear();
    if (bytes_ + offer.size() <= held_offer_bytes_max) desk.offer = offer;
    bytes_ += desk.offer.size();
}

std::string_view HeldOffers::held(const ContactId& call) const {
    const auto found = desks_.find(call);
    return found == desks_.end() ? std::string_view{} : std::string_view{found->second.offer};
}

void HeldOffers::delivered(const ContactId& call) {
    hold(call, {});
    Desk& desk = desks_[call];
    desk.offer.shrink_to_fit();
    desk.delivered = true;
}

bool HeldOffers::is_delivered(const ContactId& call) const {
    const auto found = desks_.find(call);
    return found != desks_.end() && found->second.delivered;
}

void HeldOffers::forget(const ContactId& call) {
    const auto found = desks_.find(call);
    if (found == desks_.end()) return;
    bytes_ -= found->second.offer.size();
    desks_.erase(found);
}

}  // namespace calldocker::domain
