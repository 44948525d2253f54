#include "base/id.hpp"

#include <gtest/gtest.h>

#include <set>
#include <unordered_set>

namespace calldocker {
namespace {

TEST(UserId, AVisitorAndAnAgentOfTheSameIdAreTwo) {
    const UserId agent("42"), visitor = UserId::visitor("42");

    EXPECT_NE(agent, visitor);
    EXPECT_EQ(agent.str(), visitor.str());
    EXPECT_EQ((std::set{agent, visitor}.size()), 2U);
    EXPECT_EQ((std::unordered_set{agent, visitor}.size()), 2U);
    EXPECT_NE(fmt::format("{}", agent), fmt::format("{}", visitor));
}

TEST(UserId, NobodyIsNobodyInEitherClass) { EXPECT_EQ(UserId::visitor(""), UserId{}); }

TEST(UserId, TheQualifiedTextIsOneForEachIdentityAndReadsBack) {
    std::set<std::string> texts;
    const char* const ids[]{"42", "visitor:42", "staff:42", "staff:visitor:42", "visitor:", "visitor", "staff:", ":"};
    for (const char* id : ids) {
        for (const UserId& user : {UserId(id), UserId::visitor(id)}) {
            EXPECT_EQ(UserId::from_qualified(user.qualified()), user) << user.qualified();
            texts.insert(user.qualified());
        }
    }
    EXPECT_EQ(texts.size(), 2 * std::size(ids));
    EXPECT_EQ(UserId("42").qualified(), "42") << "what people read most stays bare";
    EXPECT_EQ(UserId{}.qualified(), "");
}

}  // namespace
}  // namespace calldocker
