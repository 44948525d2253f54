#include "main/live_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/company/testing/office.hpp"

namespace calldocker::main {
namespace {

using namespace domain::testing;
using testing::HasSubstr;

TEST(LivePage, ShowsWhoWaitsWhoWorksAndWhatLives) {
    Office office;
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.now += 65s;
    ASSERT_TRUE(office.call(walt, c2));
    office.ring(c2);

    EXPECT_EQ(live_page(CompanyId("acme"), office.state, office.now + 5s), "company acme at event " +
                                                                               std::to_string(value_of(office.state.sequence())) +
                                                                               ", 2026-11-23T04:27:50.000Z\n"
                                                                               "\n"
                                                                               "QUEUE    PLACE  CONTACT  VISITOR  STATE     WAITED\n"
                                                                               "default  1      c2       walt     offering  0:05\n"
                                                                               "\n"
                                                                               "AGENT  NAME  LABEL     SINCE  WORK\n"
                                                                               "amina        on_call   1:10   c1\n"
                                                                               "ben          reserved  0:05   rung by c2\n"
                                                                               "\n"
                                                                               "CONTACT  STATE       FOR   QUEUE    VISITOR  AGENT\n"
                                                                               "c1       connecting  1:10  default  vera     amina\n"
                                                                               "c2       offering    0:05  default  walt\n");
}

TEST(LivePage, OfNobodySaysSo) {
    EXPECT_THAT(live_page(CompanyId("acme"), {}, t0), HasSubstr("\n\nQUEUE: none\n\nAGENT: none\n\nCONTACT: none\n"));
}

TEST(LivePage, ColumnsCountCharactersNotBytes) {
    Office office;
    ASSERT_TRUE(office.call(UserId::visitor("jürgen"), c1));
    ASSERT_TRUE(office.call(UserId::visitor("walter"), c2));

    const std::string page = live_page(CompanyId("acme"), office.state, office.now);

    EXPECT_THAT(page, HasSubstr("jürgen   queued"));
    EXPECT_THAT(page, HasSubstr("walter   queued"));
}

TEST(InClock, CountsHoursFromSixtyMinutesOn) {
    EXPECT_EQ(in_clock(-5s), "0:00");
    EXPECT_EQ(in_clock(7'999ms), "0:07");
    EXPECT_EQ(in_clock(59min + 59s), "59:59");
    EXPECT_EQ(in_clock(25h + 1s), "25:00:01");
}

}  // namespace
}  // namespace calldocker::main
