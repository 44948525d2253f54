#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "base/id.hpp"

namespace calldocker::domain {

/// Who is in one room, in order of joining. A user is in it once, with each of the sessions that joined.
class Room {
public:
    struct Member {
        UserId user;
        std::vector<SessionKey> sessions;  ///< in order of joining; never empty
    };

    /// A repeated join changes nothing.
    void add(const UserId& user, SessionKey session);
    /// @return whether the user's last session has left
    bool remove(const UserId& user, SessionKey session);

    [[nodiscard]] bool empty() const { return members_.empty(); }
    /// Keyed by the number of the join; iteration is the order of joining.
    [[nodiscard]] const std::map<std::uint64_t, Member>& members() const { return members_; }

private:
    std::map<std::uint64_t, Member> members_;
    std::map<UserId, std::uint64_t> joined_as_;
    std::uint64_t joins_ = 0;
};

}  // namespace calldocker::domain
