#include "adapters/system/system.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/system/log.hpp"

namespace calldocker::adapters {
namespace {

TEST(System, RandomBytesAreAsManyAsAskedAndDiffer) {
    EXPECT_EQ(random_bytes(0).size(), 0u);
    EXPECT_EQ(random_bytes(1'000).size(), 1'000u);
    EXPECT_NE(random_bytes(16), random_bytes(16));
}

TEST(System, TheOpenFileLimitIsRaisedAsFarAsItGoes) {
    const OpenFileLimit raised = raise_open_file_limit();

    EXPECT_EQ(raised.now, raised.possible);
    EXPECT_EQ(open_file_limit().now, raised.now);
}

TEST(System, ALogLineGoesToStandardErrorWithItsTime) {
    testing::internal::CaptureStderr();
    log_to_standard_error(log::Level::info);

    log::info("node.started", {{"port", 3000}});
    log::debug("not.shown");

    log::install(nullptr, log::Level::info);
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z info node.started port=3000\n"));
}

}  // namespace
}  // namespace calldocker::adapters
