#include "domain/permissions/permission.hpp"

#include <gtest/gtest.h>

#include "domain/permissions/supervision.hpp"
#include "domain/permissions/table.hpp"

namespace calldocker::domain {
namespace {

TEST(Permissions, WhatNoRowNamesIsRefused) {
    constexpr Permission nothing{.message = 0, .name = "nothing"};

    for (const Role role : {Role::customer, Role::agent, Role::supervisor, Role::admin})
        for (std::size_t i = 0; i < relation_count; ++i)
            EXPECT_FALSE(permits(nothing, role, {static_cast<Relation>(i)}, Validity::valid).has_value());
}

TEST(Permissions, AnAnonymousSupervisorHasAnAgentsRights) {
    const Identity nobody{CompanyId{"acme"}, UserId{"anonymous-1"}, Role::admin, "", "", true, {}};

    EXPECT_EQ(rank_of(nobody), Role::agent);
    EXPECT_FALSE(may_configure(nobody));
}

TEST(Permissions, AfterExpiryNoRoleMayDoMoreThanBefore) {
    for (const Permission& row : permissions::table)
        for (std::size_t i = 0; i < relation_count; ++i)
            for (const Role role : {Role::customer, Role::agent, Role::supervisor, Role::admin}) {
                const Relations relation{static_cast<Relation>(i)};
                const bool after = permits(row, role, relation, Validity::expired).has_value();
                EXPECT_LE(after, permits(row, role, relation, Validity::valid).has_value()) << row.name;
            }
}

/// docs/protocol.md, "After expiry".
TEST(Permissions, AfterExpiryThereIsItsLiveCallAndNothingElse) {
    std::vector<std::string_view> left;
    for (const Permission& row : permissions::table)
        if (!row.after_expiry.empty()) left.push_back(row.name);

    const std::vector<std::string_view> the_list{"webrtc_offer",  "webrtc_answer",   "ice_candidate", "call_ended",  "ping",
                                                 "refresh_token", "get_ice_servers", "media_state",   "claim_media", "end_contact",
                                                 "hold_contact",  "resume_contact",  "set_muted",     "send_chat",   "get_chat"};
    EXPECT_EQ(left, the_list);
    for (const Permission& row : permissions::table) {
        for (const Relation foreign : {Relation::unknown, Relation::ended, Relation::past_visitor, Relation::wrapping_up, Relation::offered,
                                       Relation::asked, Relation::supervisor_of, Relation::rung, Relation::outsider, Relation::at_work})
            EXPECT_FALSE(row.after_expiry.has(foreign)) << row.name << " " << name_of(foreign);
    }
}

}  // namespace
}  // namespace calldocker::domain
