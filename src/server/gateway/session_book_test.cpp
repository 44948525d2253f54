#include "server/gateway/session_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace calldocker::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

struct FakeLink final : Link {
    void send(std::string_view text) override { sent.emplace_back(text); }
    void close(std::uint16_t, std::string_view) override {}
    [[nodiscard]] std::string_view peer() const override { return "test"; }
    std::vector<std::string> sent;
};

struct SessionBookTest : testing::Test {
    SessionBook book;
    FakeLink link;
    Visit visit{.link = &link, .known_as = {}, .ticket = {}, .company = {}, .session = {}, .early = {}, .early_bytes = {}};

    Session& add(std::uint64_t key, const char* name, int version) {
        return book.add(std::make_unique<Session>(SessionKey{key}, SessionId(name), domain::Identity{}, version));
    }
    void say(Session& session, std::string body, std::uint64_t after, bool confirms = false) {
        EXPECT_TRUE(book.say(session, {std::move(body), Sequence{after}, std::nullopt, confirms}));
    }
};

TEST_F(SessionBookTest, AVersion2SessionIsFoundByItsNameAVersion1SessionIsNot) {
    Session& tab = add(1, "tab", 2);
    add(2, "old page", 1);

    EXPECT_EQ(book.find(SessionId("tab")), &tab);
    EXPECT_EQ(book.find(SessionId("old page")), nullptr);
    EXPECT_EQ(book.find(SessionId("nobody")), nullptr);
}

TEST_F(SessionBookTest, ANameGivenAgainIsTheNewerSessionsAlsoWhenTheOlderGoes) {
    add(1, "tab", 2);
    Session& newer = add(2, "tab", 2);

    EXPECT_TRUE(book.remove(SessionKey{1}));

    EXPECT_EQ(book.find(SessionId("tab")), &newer);
    EXPECT_TRUE(book.remove(SessionKey{2}));
    EXPECT_EQ(book.find(SessionId("tab")), nullptr);
    EXPECT_FALSE(book.remove(SessionKey{2}));
    EXPECT_TRUE(book.empty());
}

TEST_F(SessionBookTest, ASessionAndItsVisitKnowEachOtherOrNeitherDoes) {
    Session& tab = add(1, "tab", 2);

    book.connect(tab, visit);
    EXPECT_EQ(visit.session, &tab);
    EXPECT_EQ(tab.link(), &link);

    EXPECT_EQ(book.disconnect(SessionKey{1}), &visit);
    EXPECT_EQ(visit.session, nullptr);
    EXPECT_EQ(tab.link(), nullptr);
    EXPECT_EQ(book.disconnect(SessionKey{1}), nullptr);
    EXPECT_EQ(book.disconnect(SessionKey{9}), nullptr);
}

TEST_F(SessionBookTest, WhatWaitsForTheLogLeavesWithItAndNothingOvertakesIt) {
    Session& page = add(1, "page", 1);
    book.connect(page, visit);
    say(page, "fact", 2);
    say(page, "relay", 0);

    book.release(Sequence{1});
    EXPECT_THAT(link.sent, IsEmpty());
    book.release(Sequence{2});

    EXPECT_THAT(link.sent, ElementsAre("fact", "relay"));
    say(page, "next", 2);
    EXPECT_THAT(link.sent, ElementsAre("fact", "relay", "next"));
}

TEST_F(SessionBookTest, ASessionThatHasGoneIsPassedOverWhenTheLogGetsThere) {
    say(add(1, "gone", 1), "fact", 2);
    Session& page = add(2, "page", 1);
    book.connect(page, visit);
    say(page, "fact", 2);
    book.remove(SessionKey{1});

    book.release(Sequence{2});

    EXPECT_THAT(link.sent, ElementsAre("fact"));
}

TEST_F(SessionBookTest, AfterAFallBackTheUntrueIsGoneAndWhoLostAConfirmationIsNamed) {
    Session& asked = add(1, "asked", 1);
    book.connect(asked, visit);
    say(add(2, "told", 1), "fact", 2);
    say(asked, "confirmation", 2, true);
    say(asked, "relay", 0);

    std::map<SessionKey, bool> told;
    book.fall_back(Sequence{1}, [&](Session& session, bool confirmation_dropped) { told[session.key()] = confirmation_dropped; });

    EXPECT_THAT(told, ElementsAre(Pair(SessionKey{1}, true), Pair(SessionKey{2}, false)));
    EXPECT_THAT(link.sent, ElementsAre("relay"));
    say(asked, "again", 2);
    EXPECT_THAT(link.sent, ElementsAre("relay"));
}

}  // namespace
}  // namespace calldocker::server
