#include "domain/configuration/queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "domain/configuration/configuration.hpp"

namespace calldocker::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Queue usual() { return Configuration{}.queue_or_default(QueueId{default_queue}); }

TEST(Requirement, AsksForLessInSteps) {
    const Requirement requirement{"billing", 5, 1, true, {{30, 3}, {60, 0}}};

    EXPECT_EQ(requirement.level_after(30s - 1ms), 5);
    EXPECT_EQ(requirement.level_after(30s), 3);
    EXPECT_EQ(requirement.level_after(1h), 0);
}

TEST(QueueRules, TheUsualQueueIsValid) { EXPECT_TRUE(validate(usual()).has_value()); }

struct Mistake {
    std::function<void(Queue&)> make;
    std::string_view named;
};

TEST(QueueRules, WhatIsOutOfItsBoundsIsNamed) {
    const Mistake mistakes[] = {
        {[](Queue& queue) { queue.id = QueueId{}; }, "id"},
        {[](Queue& queue) { queue.name = std::string(200, 'x'); }, "name"},
        {[](Queue& queue) { queue.ring_seconds = 4; }, "ring_seconds"},
        {[](Queue& queue) { queue.emergency_class = 10; }, "emergency_class"},
        {[](Queue& queue) { queue.wrap_up_seconds = -1; }, "wrap_up_seconds"},
        {[](Queue& queue) { queue.overflow_to = queue.id; }, "itself"},
        {[](Queue& queue) {
             queue.requirements = {{"", 1, 1, true, {}}};
         },
         "skill"},
        {[](Queue& queue) {
             queue.requirements = {{"billing", 11, 1, true, {}}};
         },
         "level"},
        {[](Queue& queue) {
             queue.requirements = {{"billing", 5, 1, true, {{60, 3}, {30, 1}}}};
         },
         "rising"},
        {[](Queue& queue) {
             queue.members = {{UserId{"ben"}, 1, 0}, {UserId{"amina"}, 1, 0}};
         },
         "rising"},
        {[](Queue& queue) {
             queue.members = {{UserId{"ben"}, 0, 0}};
         },
         "tier"},
    };
    for (const Mistake& mistake : mistakes) {
        Queue queue = usual();
        mistake.make(queue);
        const auto valid = validate(queue);

        ASSERT_FALSE(valid.has_value()) << mistake.named;
        EXPECT_THAT(valid.error().detail, HasSubstr(std::string(mistake.named)));
    }
}

TEST(Configuration, WhatIsSetUpAnewIsToldAsFactsAndNothingElse) {
    const Configuration before;
    Configuration after;
    after.queues[QueueId{"sales"}].id = QueueId{"sales"};
    after.agents[UserId{"amina"}] = {UserId{"amina"}, "Amina", {{"billing", 3}}, {}, {}};
    after.company.zone = "Europe/Berlin";

    const auto facts = difference(before, after);
    EXPECT_THAT(facts, SizeIs(3));
    Configuration folded = before;
    for (const ConfigurationFact& fact : facts) apply(folded, fact);
    EXPECT_EQ(folded, after);
    for (const ConfigurationFact& fact : difference(after, before)) apply(folded, fact);
    EXPECT_EQ(folded, before);
    EXPECT_THAT(difference(after, after), IsEmpty());
}

TEST(Configuration, NeedsItsDefaultQueueAndQueuesThatThereAre) {
    Configuration configuration;
    configuration.queues[QueueId{"sales"}].id = QueueId{"sales"};
    configuration.queues[QueueId{"sales"}].overflow_to = QueueId{"nowhere"};
    EXPECT_THAT(validate(configuration).error().detail, HasSubstr("overflow_to"));
    configuration.queues.erase(QueueId{"sales"});
    EXPECT_TRUE(validate(configuration).has_value());

    configuration.queues.clear();

    EXPECT_THAT(validate(configuration).error().detail, HasSubstr("default"));
}

TEST(Configuration, NobodyMakesAReasonOfTheSystems) {
    Configuration configuration;
    configuration.company.reasons.push_back({"SYS_RONA", {}, true, false, 0});

    EXPECT_FALSE(validate(configuration).has_value());
}

}  // namespace
}  // namespace calldocker::domain
