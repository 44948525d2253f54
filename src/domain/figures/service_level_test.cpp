#include "domain/figures/service_level.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

struct Expected {
    ServiceLevel variant;
    const char* name;
    const char* formula;
    int per_mille;
};
void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.name; }

class ServiceLevelVariant : public testing::TestWithParam<Expected> {};

TEST_P(ServiceLevelVariant, OfTheDocumentedExampleIsAsDocumented) {
    const QueueCounts counts{
        .answered = 78, .answered_in_target = 60, .abandoned = 17, .abandoned_in_target = 9, .short_abandoned = 5, .flowed_out = 5};

    EXPECT_EQ(per_mille(service_level(counts, GetParam().variant)), GetParam().per_mille);
    EXPECT_EQ(name_of(GetParam().variant), GetParam().name);
    EXPECT_EQ(service_level_named(GetParam().name), GetParam().variant);
    EXPECT_EQ(formula_of(GetParam().variant), GetParam().formula);
}

INSTANTIATE_TEST_SUITE_P(
    Each, ServiceLevelVariant,
    testing::Values(Expected{ServiceLevel::strict, "strict", "answered≤T / offered", 600},
                    Expected{ServiceLevel::plain, "plain", "answered≤T / (answered + abandoned)", 632},
                    Expected{ServiceLevel::standard, "default", "answered≤T / (answered + abandoned − short)", 667},
                    Expected{ServiceLevel::abandons_met, "abandons_met", "(answered≤T + abandoned≤T) / offered", 690},
                    Expected{ServiceLevel::late_abandons, "late_abandons", "answered≤T / (answered + abandoned>T)", 698},
                    Expected{ServiceLevel::both_in, "both_in", "(answered≤T + abandoned≤T) / (answered + abandoned)", 726},
                    Expected{ServiceLevel::answered_only, "answered_only", "answered≤T / answered", 769}));

TEST(ServiceLevel, OfNobodyIsNone) {
    for (const ServiceLevel variant : every_service_level) EXPECT_EQ(per_mille(service_level({}, variant)), std::nullopt);
}

TEST(ServiceLevel, OfAnUnknownNameIsNone) { EXPECT_EQ(service_level_named("standard"), std::nullopt); }

TEST(Ratio, IsRoundedToTheNearestHalvesUp) {
    EXPECT_EQ(percent({1, 3}), 33);
    EXPECT_EQ(percent({1, 8}), 13);
    EXPECT_EQ(per_mille({2, 3}), 667);
    EXPECT_EQ(per_mille({7, 7}), 1'000);
    EXPECT_EQ(percent({0, 7}), 0);
    EXPECT_EQ(percent({0, 0}), std::nullopt);
}

}  // namespace
}  // namespace calldocker::domain
