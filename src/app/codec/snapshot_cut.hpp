#pragma once
#include <cstddef>
#include <set>
#include <utility>

#include "domain/company/state.hpp"
#include "ports/event_log.hpp"

namespace calldocker::app::codec {

/// A snapshot that is written piece by piece while the state goes on changing. It shows the moment at which it was begun: each contact is
/// written before its first change after that.
class SnapshotCut {
public:
    /// Writes everything except the contacts, which alone may be many.
    SnapshotCut(const domain::State& state, Instant at);
    /// Call it before a fact is applied to the contact.
    void before_change(const domain::State& state, const ContactId& call);
    /// Writes on, about this many bytes. @return whether it is whole; then it must not be called again
    bool go_on(const domain::State& state, std::size_t bytes);
    [[nodiscard]] ports::StoredSnapshot take() && { return std::move(stored_); }

private:
    void write(const domain::Contact& contact);

    ports::StoredSnapshot stored_;
    ContactId written_up_to_;    // in the order of the state's contacts
    std::set<ContactId> ahead_;  // of those behind it, what has been written
    bool has_contacts_ = false;
};

}  // namespace calldocker::app::codec
