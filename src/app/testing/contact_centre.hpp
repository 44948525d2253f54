#pragma once
#include "app/codec/codec.hpp"
#include "app/live_island.hpp"
#include "app/testing/world.hpp"

namespace calldocker::app::testing {

/// A company's island that can be set up and looked into.
struct ContactCentre : ::testing::Test {
    static inline const ContactId c1{"c1"}, c2{"c2"};
    static inline const UserId ben_user{"ben"};
    World world;

    void set_up(const char* json) {
        const domain::Identity admin{CompanyId{"acme"}, UserId{"ada"}, domain::Role::admin, "", "", false, {}};
        const auto configured = world.island->configure(admin, json, world.now);
        ASSERT_TRUE(configured.has_value()) << configured.error().detail;
        world.settle();
    }
    void one_at_a_time() { set_up(R"({"queues":[{"id":"default","metric":"longest_idle"}]})"); }

    struct Talk {
        SessionKey vera, amina;
    };
    Talk talking() {
        const auto amina = world.ready_agent("amina", "amina-tab");
        const auto vera = world.visitor("vera", "vera-tab");
        world.call(vera, "c1");
        world.say(amina, domain::AcceptContact{c1});
        world.say(amina, domain::MediaState{c1, true});
        world.say(vera, domain::MediaState{c1, true});
        world.forget();
        return {vera, amina};
    }
    [[nodiscard]] const domain::State& state() const { return static_cast<const LiveIsland&>(*world.island).state(); }
};

}  // namespace calldocker::app::testing
