#include "domain/presence/presence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "domain/presence/direct_calls.hpp"
#include "domain/presence/held_offers.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
const RoomId lobby{"lobby"};

Session session_of(std::uint64_t key, const char* user, Role role = Role::agent, bool anonymous = false) {
    return {.key = SessionKey{key},
            .id = SessionId{"s" + std::to_string(key)},
            .identity = {CompanyId{"acme"}, UserId{class_of(role), user}, role, "", "", anonymous, {}},
            .version = 1,
            .detached_at = {},
            .rooms = {}};
}

std::vector<std::string> users_in(const Presence& presence, const RoomId& room) {
    std::vector<std::string> users;
    if (const Room* found = presence.room(room))
        for (const auto& [number, member] : found->members()) users.push_back(member.user.str());
    return users;
}

TEST(PresenceRooms, UsersAreInTheOrderOfJoiningAndEachOnce) {
    Presence presence;
    for (const auto& [key, user] : {std::pair{1u, "zoe"}, {2u, "amina"}, {3u, "zoe"}}) {
        presence.add(session_of(key, user));
        ASSERT_TRUE(presence.join(*presence.find(SessionKey{key}), lobby).has_value());
    }

    EXPECT_THAT(users_in(presence, lobby), ElementsAre("zoe", "amina"));
    EXPECT_FALSE(presence.leave(*presence.find(SessionKey{1}), lobby));
    EXPECT_TRUE(presence.leave(*presence.find(SessionKey{3}), lobby));
    EXPECT_THAT(users_in(presence, lobby), ElementsAre("amina"));
}

TEST(PresenceRooms, ARoomIsGoneWithTheLastWhoLeavesIt) {
    Presence presence;
    presence.add(session_of(1, "amina"));
    ASSERT_TRUE(presence.join(*presence.find(SessionKey{1}), lobby).has_value());

    EXPECT_TRUE(presence.leave(*presence.find(SessionKey{1}), lobby));

    EXPECT_EQ(presence.room(lobby), nullptr);
    EXPECT_EQ(presence.room_count(), 0u);
}

TEST(PresenceRooms, OneRoomTooManyIsRefusedAndARepeatedJoinIsNotOneMore) {
    Presence presence;
    presence.add(session_of(1, "amina"));
    Session& amina = *presence.find(SessionKey{1});
    for (std::size_t i = 0; i < rooms_per_session_max; ++i) ASSERT_TRUE(presence.join(amina, RoomId{std::to_string(i)}).has_value());

    EXPECT_TRUE(presence.join(amina, RoomId{"0"}).has_value());
    EXPECT_EQ(presence.join(amina, lobby).error().code, ErrorCode::overloaded);
}

TEST(Presence, CustomersSeeThemselvesAndStaffAndAddressStaff) {
    Presence presence;
    presence.add(session_of(1, "vera", Role::customer));
    presence.add(session_of(2, "walt", Role::customer));
    presence.add(session_of(3, "amina"));
    const Session& vera = *presence.find(SessionKey{1});

    EXPECT_TRUE(presence.sees(vera, UserId::visitor("vera")));
    EXPECT_FALSE(presence.sees(vera, UserId::visitor("walt")));
    EXPECT_TRUE(presence.sees(vera, UserId{"amina"}));
    EXPECT_FALSE(presence.may_address(vera, UserId::visitor("walt")));
    EXPECT_TRUE(presence.may_address(*presence.find(SessionKey{3}), UserId::visitor("walt")));
}

TEST(Presence, AUserIsStaffUntilTheLastStaffSessionLeavesWhoeverElseHasTheId) {
    Presence presence;
    presence.add(session_of(1, "amina"));
    presence.add(session_of(2, "amina"));
    presence.add(session_of(3, "amina", Role::customer));

    presence.remove(SessionKey{1});
    EXPECT_TRUE(presence.is_staff(UserId{"amina"}));
    presence.remove(SessionKey{2});

    EXPECT_FALSE(presence.is_staff(UserId{"amina"}));
    EXPECT_FALSE(presence.is_here(UserId{"amina"}));
    EXPECT_TRUE(presence.is_here(UserId::visitor("amina")));
}

TEST(Presence, TheOnlyAnonymousCustomerIsKnownWhileThereIsExactlyOne) {
    Presence presence;
    presence.add(session_of(1, "anonymous-1", Role::customer, true));
    ASSERT_NE(presence.only_anonymous_customer(), nullptr);
    EXPECT_EQ(*presence.only_anonymous_customer(), UserId::visitor("anonymous-1"));

    presence.add(session_of(2, "anonymous-2", Role::customer, true));
    EXPECT_EQ(presence.only_anonymous_customer(), nullptr);
    presence.remove(SessionKey{1});

    EXPECT_EQ(*presence.only_anonymous_customer(), UserId::visitor("anonymous-2"));
}

TEST(Presence, WhoIsMissedIsSoSinceTheFirstMomentAndUntilHeIsHereOrForgotten) {
    Presence presence;
    for (const char* user : {"amina", "ben", "carl"}) presence.miss(UserId{user}, t0);
    presence.miss(UserId{"amina"}, t0 + 10s);

    presence.add(session_of(1, "ben"));
    presence.forget(UserId{"carl"});

    EXPECT_EQ(presence.missed_since(UserId{"amina"}), t0);
    EXPECT_FALSE(presence.missed_since(UserId{"ben"}));
    EXPECT_FALSE(presence.missed_since(UserId{"carl"}));
}

TEST(PresenceProperty, ItSaysOfUsersAndRoomsWhatTheSessionsSay) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        Presence presence;
        std::uint64_t keys = 0;
        std::set<SessionKey> watching;
        for (int step = 0; step < 200; ++step) {
            const SessionKey key{random.below(keys + 1)};
            Session* session = presence.find(key);
            const RoomId room{"room" + std::to_string(random.below(3))};
            switch (random.below(5)) {
                case 0: {
                    const std::string user = "u" + std::to_string(random.below(5));
                    presence.add(
                        session_of(++keys, user.c_str(), random.below(2) == 0 ? Role::customer : Role::agent, random.below(2) == 0));
                    break;
                }
                case 1:
                    if (session != nullptr) (void)presence.join(*session, room);
                    break;
                case 2:
                    if (session != nullptr) (void)presence.leave(*session, room);
                    break;
                case 3:
                    if (session == nullptr) break;
                    watching.insert(key);
                    presence.watch(key);
                    break;
                default:
                    if (session == nullptr) break;
                    for (const RoomId& left : std::vector(session->rooms)) (void)presence.leave(*session, left);
                    presence.remove(key);
                    watching.erase(key);
            }
            std::set<UserId> here, staff, anonymous;
            std::map<RoomId, std::set<UserId>> rooms;
            for (const auto& [own, one] : presence.sessions()) {
                here.insert(one.user());
                if (one.is_staff()) staff.insert(one.user());
                if (!one.is_staff() && one.identity.anonymous) anonymous.insert(one.user());
                for (const RoomId& joined : one.rooms) rooms[joined].insert(one.user());
            }
            ASSERT_EQ(presence.staff(), staff);
            ASSERT_EQ(presence.watchers(), watching);
            ASSERT_EQ(presence.only_anonymous_customer() != nullptr, anonymous.size() == 1);
            ASSERT_EQ(presence.room_count(), rooms.size());
            for (int user = 0; user < 5; ++user) {
                const UserId id{"u" + std::to_string(user)};
                ASSERT_EQ(presence.is_here(id), here.contains(id));
            }
            for (const auto& [name, users] : rooms) ASSERT_EQ(presence.room(name)->members().size(), users.size());
        }
    }
}

TEST(DirectCalls, TheFirstToNameACallOwnsItAndTheFirstToAnswerIsTheOther) {
    DirectCalls calls;
    ASSERT_TRUE(calls.name(ContactId{"c1"}, UserId{"vera"}, {}, {}).has_value());
    ASSERT_TRUE(calls.name(ContactId{"c1"}, UserId{"walt"}, {}, {}).has_value());

    EXPECT_TRUE(calls.answer(ContactId{"c1"}, UserId{"amina"}).has_value());
    EXPECT_EQ(calls.answer(ContactId{"c1"}, UserId{"ben"}).error().code, ErrorCode::reservation_lost);
    EXPECT_TRUE(calls.answer(ContactId{"c1"}, UserId{"amina"}).has_value());

    EXPECT_EQ(calls.find(ContactId{"c1"})->owner, UserId{"vera"});
    EXPECT_TRUE(calls.is_busy(UserId{"amina"}, ContactId{"other"}));
    EXPECT_FALSE(calls.is_busy(UserId{"amina"}, ContactId{"c1"}));
}

TEST(DirectCalls, OneUserCannotTakeAllNames) {
    DirectCalls calls;
    for (std::size_t i = 0; i < direct_calls_per_user_max; ++i)
        ASSERT_TRUE(calls.name(ContactId{std::to_string(i)}, UserId{"vera"}, {}, {}).has_value());

    EXPECT_EQ(calls.name(ContactId{"one more"}, UserId{"vera"}, {}, {}).error().code, ErrorCode::overloaded);
    EXPECT_TRUE(calls.name(ContactId{"one more"}, UserId{"walt"}, {}, {}).has_value());
}

TEST(DirectCalls, TheCallsOfWhoDepartedEndAfterFiveSecondsUnlessHeReturns) {
    DirectCalls calls;
    ASSERT_TRUE(calls.name(ContactId{"c1"}, UserId{"vera"}, {}, {}).has_value());
    ASSERT_TRUE(calls.name(ContactId{"c2"}, UserId{"walt"}, {}, {}).has_value());
    ASSERT_TRUE(calls.answer(ContactId{"c1"}, UserId{"amina"}).has_value());
    calls.departed(UserId{"vera"}, t0);
    calls.departed(UserId{"walt"}, t0);
    calls.returned(UserId{"walt"});

    EXPECT_EQ(calls.next_deadline(), t0 + 5s);
    EXPECT_THAT(calls.expire(t0 + 4999ms), IsEmpty());
    const auto lost = calls.expire(t0 + 5s);

    ASSERT_EQ(lost.size(), 1u);
    EXPECT_EQ(lost.front().call, ContactId{"c1"});
    EXPECT_EQ(lost.front().parties.partner, UserId{"amina"});
    EXPECT_EQ(calls.find(ContactId{"c1"}), nullptr);
    EXPECT_FALSE(calls.is_busy(UserId{"amina"}, ContactId{"other"}));
    EXPECT_FALSE(calls.next_deadline().has_value());
}

TEST(HeldOffers, TheLatestOfferIsHeldUntilItIsDelivered) {
    HeldOffers offers;
    offers.hold(ContactId{"c1"}, "first");
    offers.hold(ContactId{"c1"}, "second");
    EXPECT_EQ(offers.held(ContactId{"c1"}), "second");

    offers.delivered(ContactId{"c1"});

    EXPECT_EQ(offers.held(ContactId{"c1"}), "");
    EXPECT_TRUE(offers.is_delivered(ContactId{"c1"}));
}

TEST(HeldOffers, BeyondTheBoundAnOfferIsNotHeldUntilAnotherIsForgotten) {
    HeldOffers offers;
    const std::string half(held_offer_bytes_max / 2 + 1, 'x');
    offers.hold(ContactId{"c1"}, half);
    offers.hold(ContactId{"c2"}, half);
    EXPECT_EQ(offers.held(ContactId{"c2"}), "");

    offers.forget(ContactId{"c1"});
    offers.hold(ContactId{"c2"}, half);

    EXPECT_EQ(offers.held(ContactId{"c2"}).size(), half.size());
}

TEST(HeldOffers, WhatIsNotWantedIsForgotten) {
    HeldOffers offers;
    offers.hold(ContactId{"c1"}, "one");
    offers.hold(ContactId{"c2"}, "two");

    offers.retain([](const ContactId& call) { return call == ContactId{"c2"}; });

    EXPECT_EQ(offers.held(ContactId{"c1"}), "");
    EXPECT_EQ(offers.held(ContactId{"c2"}), "two");
}

}  // namespace
}  // namespace calldocker::domain
