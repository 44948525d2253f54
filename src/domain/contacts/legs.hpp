#pragma once
#include <vector>

#include "domain/contacts/contact.hpp"

namespace calldocker::domain {

/// A media connection between two of the people in a contact.
struct Leg {
    UserId offers, answers;  ///< the first makes the offer, the second answers it
    LegKind kind{};
    std::optional<SupervisionMode> mode;

    [[nodiscard]] bool joins(const UserId& one, const UserId& other) const {
        return (offers == one && answers == other) || (offers == other && answers == one);
    }
};

/// The connections that a contact needs now: visitor and agent; agent and each colleague who advises, has joined or supervises; in a
/// conference also visitor and colleague. At most one between two people. None for a voicemail; none with a visitor who is on the
/// telephone.
[[nodiscard]] std::vector<Leg> legs_of(const Contact& contact);

/// @return where this person's media is; null for a person who takes no part, or is still being rung
[[nodiscard]] const Endpoint* endpoint_of(const Contact& contact, const UserId& user);

}  // namespace calldocker::domain
