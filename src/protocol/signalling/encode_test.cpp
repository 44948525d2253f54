#include "protocol/signalling/encode.hpp"

#include <gtest/gtest.h>

#include "protocol/json/reader.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;

const Instant now = from_unix_ms(1'700'000'000'123);
#define STAMP R"("timestamp":"2023-11-14T22:13:20.123Z"})"

std::string v1(const Notice& notice) { return encode(notice, now, 1); }
std::string v2(const Notice& notice) { return encode(notice, now, 2); }

Identity identity() {
    return {.company = CompanyId("acme"),
            .user = UserId("amina"),
            .role = Role::agent,
            .role_name = "agent",
            .name = "Amina",
            .anonymous = false,
            .token_expires_at = std::nullopt};
}

ContactView contact() {
    ContactView view;
    view.call = ContactId("c-1");
    view.state = ContactState::connecting;
    view.channel = Channel::video;
    view.visitor = {UserId("v-1"), "Zoë", "", ""};
    view.agent = Person{UserId("amina"), ""};
    view.you = ContactView::You::agent;
    view.media_owner = true;
    view.created_at = from_unix_ms(0);
    view.accepted_at = from_unix_ms(1000);
    view.media_lost = true;
    return view;
}

AgentView agent() {
    AgentView view;
    view.user = UserId("amina");
    view.name = "Amina";
    view.intent = Intent::not_ready;
    view.reason = "MEAL";
    view.label = AgentLabel::not_ready;
    view.since = from_unix_ms(0);
    view.media_ready = true;
    return view;
}

constexpr std::string_view contact_json =
    R"({"callId":"c-1","state":"connecting","channel":"video","visitor":{"userId":"v-1","name":"Zoë"},"agent":{"userId":"amina"},"you":"agent",)"
    R"("mediaOwner":true,"needsOffer":false,"createdAt":"1970-01-01T00:00:00.000Z","acceptedAt":"1970-01-01T00:00:01.000Z","lost":["media"]})";

TEST(Encode, MessagesOfVersion1HaveExactlyTheirFields) {
    EXPECT_EQ(encode_established(identity(), now),
              R"({"type":"connection_established","userId":"amina","role":"agent","companyId":"acme",)" STAMP);
    EXPECT_EQ(v1(notice::RoomJoined{RoomId("r"), {UserId("a"), UserId("b")}}),
              R"({"type":"room_joined","roomId":"r","users":["a","b"],)" STAMP);
    EXPECT_EQ(v1(notice::UserJoined{UserId("u"), RoomId("r")}), R"({"type":"user_joined","userId":"u","roomId":"r",)" STAMP);
    EXPECT_EQ(v1(notice::UserLeft{UserId("u"), RoomId("r")}), R"({"type":"user_left","userId":"u","roomId":"r",)" STAMP);
    EXPECT_EQ(v1(notice::OfferSent{"t", ContactId("c")}), R"({"type":"offer_sent","targetUserId":"t","callId":"c",)" STAMP);
    EXPECT_EQ(v1(notice::AnswerSent{"t", std::nullopt}), R"({"type":"answer_sent","targetUserId":"t",)" STAMP);
    EXPECT_EQ(v1(notice::CallStarted{ContactId("c"), UserId("u"), "voice"}),
              R"({"type":"call_started","callId":"c","initiatedBy":"u","callType":"voice",)" STAMP);
    EXPECT_EQ(v1(notice::CallEnded{ContactId("c"), UserId("u"), std::nullopt}),
              R"({"type":"call_ended","callId":"c","endedBy":"u",)" STAMP);
    EXPECT_EQ(v1(notice::AgentStatusChanged{UserId("u"), "online", "free"}),
              R"({"type":"agent_status_changed","userId":"u","status":"online","availability":"free",)" STAMP);
    EXPECT_EQ(v1(notice::Pong{}), R"({"type":"pong",)" STAMP);
}

TEST(Encode, OpaquePartsAreSplicedAsTheyCame) {
    EXPECT_EQ(v1(notice::Offer{UserId("u"), R"({ "sdp" : "\u0041\r" , "n":1.50 })", ContactId("c")}),
              R"({"type":"webrtc_offer","fromUserId":"u","offer":{ "sdp" : "\u0041\r" , "n":1.50 },"callId":"c",)" STAMP);
    EXPECT_EQ(v1(notice::Answer{UserId("u"), "[]", std::nullopt}), R"({"type":"webrtc_answer","fromUserId":"u","answer":[],)" STAMP);
    EXPECT_EQ(v1(notice::Candidate{UserId("u"), "null", std::nullopt}),
              R"({"type":"ice_candidate","fromUserId":"u","candidate":null,)" STAMP);
}

TEST(Encode, ErrorsCarryCodeAndCommandInVersion2Alone) {
    const notice::Failed failed{"Invalid message format", "roomId is required", ErrorCode::invalid, CommandId("7")};

    EXPECT_EQ(v1(failed), R"({"type":"error","message":"Invalid message format","detail":"roomId is required",)" STAMP);
    EXPECT_EQ(v2(failed),
              R"({"type":"error","message":"Invalid message format","detail":"roomId is required","code":"invalid","id":"7",)" STAMP);
    EXPECT_EQ(v2(notice::Failed{"gone", "", ErrorCode::gone, std::nullopt}), R"({"type":"error","message":"gone","code":"gone",)" STAMP);
}

TEST(Encode, ARefusalSaysWhenToComeBackWhereThatIsKnown) {
    const notice::Failed refused{"too much", "", ErrorCode::overloaded, std::nullopt, 1500ms};

    EXPECT_EQ(v1(refused), R"({"type":"error","message":"too much","retryAfterMs":1500,)" STAMP);
    EXPECT_EQ(v2(refused), R"({"type":"error","message":"too much","retryAfterMs":1500,"code":"overloaded",)" STAMP);
}

TEST(Encode, NamesAreEscaped) {
    EXPECT_EQ(v1(notice::UserJoined{UserId("a\"b\\"), RoomId("{")}), R"({"type":"user_joined","userId":"a\"b\\","roomId":"{",)" STAMP);
}

TEST(Encode, MessagesOfVersion2) {
    EXPECT_EQ(v2(notice::Acknowledged{CommandId("7")}), R"({"type":"ack","id":"7",)" STAMP);
    EXPECT_EQ(v2(notice::TokenExpiring{from_unix_ms(0)}), R"({"type":"token_expiring","expiresAt":"1970-01-01T00:00:00.000Z",)" STAMP);
    EXPECT_EQ(
        v2(notice::IceServers{std::nullopt, {{{"stun:a"}, "", ""}, {{"turn:a", "turn:b"}, "1:u", "p"}}, 3600}),
        R"({"type":"ice_servers","iceServers":[{"urls":["stun:a"]},{"urls":["turn:a","turn:b"],"username":"1:u","credential":"p"}],"ttlSeconds":3600,)" STAMP);
    EXPECT_EQ(v2(notice::ContactOffered{contact()}), R"({"type":"contact_offered","contact":)" + std::string(contact_json) + "," STAMP);
    EXPECT_EQ(v2(notice::ContactChanged{contact()}), R"({"type":"contact_state","contact":)" + std::string(contact_json) + "," STAMP);
    EXPECT_EQ(v2(notice::ContactRevoked{ContactId("c"), RevokeReason::answered_elsewhere}),
              R"({"type":"contact_revoked","callId":"c","reason":"answered_elsewhere",)" STAMP);
    EXPECT_EQ(v2(notice::AgentChanged{agent()}),
              R"({"type":"agent_state","agent":{"userId":"amina","name":"Amina","intent":"not_ready","reason":"MEAL","label":"not_ready",)"
              R"("since":"1970-01-01T00:00:00.000Z","mediaReady":true},)" STAMP);
}

TEST(Encode, ASnapshotTellsEverything) {
    Snapshot snapshot{.rooms = {{RoomId("r"), {UserId("u")}}}, .contacts = {contact(), contact()}, .agent = std::nullopt};

    EXPECT_EQ(v2(notice::SessionReset{"new", snapshot}),
              R"({"type":"session_reset","reason":"new","snapshot":{"rooms":[{"roomId":"r","users":["u"]}],"contacts":[)" +
                  std::string(contact_json) + "," + std::string(contact_json) + R"(]},)" STAMP);
    EXPECT_EQ(v2(notice::SessionReset{"epoch", {}}),
              R"({"type":"session_reset","reason":"epoch","snapshot":{"rooms":[],"contacts":[]},)" STAMP);
}

TEST(Encode, AClosedContactSaysHowItEnded) {
    ContactView view = contact();
    view.state = ContactState::closed;
    view.ended_at = from_unix_ms(5000);
    view.end_reason = EndReason::lost_visitor;
    view.ended_by = Party::system;

    EXPECT_NE(
        v2(notice::ContactChanged{view}).find(R"("endedAt":"1970-01-01T00:00:05.000Z","endReason":"lost_visitor","endedBy":"system")"),
        std::string::npos);
}

TEST(Encode, TheWelcomeOfVersion2) {
    const SessionWelcome welcome{
        .session = SessionId("s"), .resume_token = "t.m", .epoch = "e", .resumed = true, .heartbeat = 20s, .seq = 12};

    EXPECT_EQ(
        encode_established(identity(), welcome, now),
        R"({"type":"connection_established","userId":"amina","role":"agent","companyId":"acme","name":"Amina","sessionId":"s","resumeToken":"t.m",)"
        R"("epoch":"e","resumed":true,"heartbeatMs":20000,"serverTime":"2023-11-14T22:13:20.123Z","timestamp":"2023-11-14T22:13:20.123Z","seq":12})");
}

TEST(Encode, SeqIsAppendedToAWholeMessage) {
    std::string message = v2(notice::Pong{});

    append_seq(message, 18446744073709551615u);

    EXPECT_EQ(message, R"({"type":"pong","timestamp":"2023-11-14T22:13:20.123Z","seq":18446744073709551615})");
    std::string nothing;
    EXPECT_THROW(append_seq(nothing, 1), std::logic_error);
}

}  // namespace
}  // namespace calldocker::protocol
