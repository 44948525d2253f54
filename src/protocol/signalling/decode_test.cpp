#include "protocol/signalling/decode.hpp"

#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "protocol/json/reader.hpp"
#include "protocol/signalling/limits.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;

// The messages below are read out of literals, so views into them stay good.
template <class Message>
Message read(std::string_view text, int version = 1) {
    const auto decoded = decode(text, version);
    if (!decoded) throw std::runtime_error(decoded.error().message + ": " + decoded.error().detail);
    return std::get<Message>(decoded->message);
}

std::string error_of(std::string_view text, int version = 1) {
    const auto decoded = decode(text, version);
    return decoded ? "no error" : decoded.error().message;
}

constexpr std::string_view invalid = "Invalid message format";

TEST(Decode, ReadsEveryMessageOfVersion1) {
    EXPECT_EQ(read<JoinRoom>(R"({"type":"join_room","roomId":"agent-room"})").room, RoomId("agent-room"));
    EXPECT_EQ(read<LeaveRoom>(R"({"type":"leave_room","roomId":"r"})").room, RoomId("r"));
    EXPECT_EQ(read<LeaveRoom>(R"({"type":"leave_room"})").room, std::nullopt);
    const auto offer = read<WebrtcOffer>(R"({"type":"webrtc_offer","targetUserId":"u","offer":{ "sdp":"x\r\n" },"callId":"c"})");
    EXPECT_EQ(offer.target, "u");
    EXPECT_EQ(offer.offer, R"({ "sdp":"x\r\n" })");
    EXPECT_EQ(offer.call, ContactId("c"));
    const auto answer = read<WebrtcAnswer>(R"({"type":"webrtc_answer","targetUserId":"u","answer":"any JSON"})");
    EXPECT_EQ(answer.answer, R"("any JSON")");
    EXPECT_EQ(answer.call, std::nullopt);
    EXPECT_EQ(read<IceCandidate>(R"({"type":"ice_candidate","targetUserId":"u","candidate":null})").candidate, "null");
    EXPECT_EQ(read<CallStarted>(R"({"type":"call_started","callId":"c","roomId":"r","callType":"voice"})").call_type, "voice");
    EXPECT_EQ(read<CallEnded>(R"({"type":"call_ended","callId":"c","roomId":"r"})").reason, std::nullopt);
    EXPECT_EQ(read<CallRejected>(R"({"type":"call_rejected","callId":"c","reason":"busy"})").call, ContactId("c"));
    EXPECT_EQ(read<AgentStatus>(R"({"type":"agent_status","status":"online","availability":"busy"})").availability, "busy");
    read<Ping>(R"({"type":"ping","userId":"ignored"})");
}

TEST(Decode, ReadsEveryMessageOfVersion2) {
    EXPECT_EQ(read<RefreshToken>(R"({"type":"refresh_token","token":"a.b.c"})", 2).token, "a.b.c");
    EXPECT_EQ(read<GetIceServers>(R"({"type":"get_ice_servers"})", 2).call, std::nullopt);
    EXPECT_EQ(read<SetAgentIntent>(R"({"type":"set_agent_intent","intent":"not_ready","reason":"MEAL"})", 2).intent, Intent::not_ready);
    EXPECT_TRUE(read<SetMediaReady>(R"({"type":"set_media_ready","ready":true})", 2).ready);
    EXPECT_EQ(read<AcceptContact>(R"({"type":"accept_contact","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<DeclineContact>(R"({"type":"decline_contact","callId":"c"})", 2).reason, std::nullopt);
    EXPECT_TRUE(read<MediaState>(R"({"type":"media_state","callId":"c","state":"up"})", 2).up);
    EXPECT_EQ(read<ClaimMedia>(R"({"type":"claim_media","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<EndContact>(R"({"type":"end_contact","callId":"c","reason":"done"})", 2).reason, "done");
}

TEST(Decode, Version2KeepsWhatAVisitorTellsAndVersion1IgnoresIt) {
    constexpr std::string_view text =
        R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"c","callType":"video","name":"Zoë","topic":"","page":"https://x/y","queueId":"sales","language":"de-CH"})";

    const auto details = read<WebrtcOffer>(text, 2).details;

    EXPECT_EQ(details, (ContactDetails{Channel::video, "Zoë", "", "https://x/y", "de-CH"}));
    EXPECT_EQ(read<WebrtcOffer>(text, 2).queue, QueueId("sales"));
    EXPECT_EQ(read<WebrtcOffer>(text, 1).details, ContactDetails{});
    EXPECT_EQ(read<WebrtcOffer>(text, 1).queue, std::nullopt);
}

TEST(Decode, ReadsWhatAVisitorSays) {
    const auto opened =
        read<OpenContact>(R"({"type":"open_contact","callId":"c","queueId":"sales","callType":"voice","language":"fr"})", 2);
    EXPECT_EQ(opened.call, ContactId("c"));
    EXPECT_EQ(opened.queue, QueueId("sales"));
    EXPECT_EQ(opened.details, (ContactDetails{Channel::voice, "", "", "", "fr"}));
    EXPECT_EQ(read<GetQueueStatus>(R"({"type":"get_queue_status","queueId":"sales"})", 2).queue, QueueId("sales"));
    EXPECT_EQ(read<GetQueueStatus>(R"({"type":"get_queue_status"})", 2).queue, std::nullopt);
    EXPECT_EQ(read<KeepPlace>(R"({"type":"keep_place","callId":"c"})", 2).call, ContactId("c"));
    const auto callback = read<RequestCallback>(R"({"type":"request_callback","callId":"c","phone":"+41 1","note":"after\nfive"})", 2);
    EXPECT_EQ(callback.phone, "+41 1");
    EXPECT_EQ(callback.note, "after\nfive");
    EXPECT_EQ(read<RequestCallback>(R"({"type":"request_callback","callId":"c","queueId":"sales"})", 2).queue, QueueId("sales"));
    const auto voicemail = read<LeaveVoicemail>(
        R"({"type":"leave_voicemail","callId":"c","recordingId":"r","durationMs":31500,"queueId":"sales","topic":"chairs"})", 2);
    EXPECT_EQ(voicemail.recording, "r");
    EXPECT_EQ(voicemail.duration, 31'500ms);
    EXPECT_EQ(voicemail.queue, QueueId("sales"));
    EXPECT_EQ(voicemail.details, (ContactDetails{std::nullopt, "", "chairs", "", ""}));
    const auto rated = read<RateContact>(R"({"type":"rate_contact","callId":"c","rating":5,"comment":"kind"})", 2);
    EXPECT_EQ(rated.rating, 5);
    EXPECT_EQ(rated.comment, "kind");
}

TEST(Decode, ReadsWhatTheAgentOfAContactSays) {
    EXPECT_EQ(read<HoldContact>(R"({"type":"hold_contact","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<ResumeContact>(R"({"type":"resume_contact","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<CallbackReached>(R"({"type":"callback_reached","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_TRUE(read<SetMuted>(R"({"type":"set_muted","callId":"c","muted":true})", 2).muted);
    EXPECT_EQ(read<SendKeypad>(R"({"type":"send_keypad","callId":"c","digits":"1*A#"})", 2).digits, "1*A#");
    EXPECT_EQ(read<SendChat>(R"({"type":"send_chat","callId":"c","text":"a\n\tb"})", 2).text, "a\n\tb");
    EXPECT_EQ(read<GetChat>(R"({"type":"get_chat","callId":"c"})", 2).call, ContactId("c"));
    const auto transfer = read<TransferContact>(R"({"type":"transfer_contact","callId":"c","queueId":"sales","note":"n"})", 2);
    EXPECT_EQ(transfer.to, (Destination{QueueId("sales"), std::nullopt}));
    EXPECT_EQ(transfer.note, "n");
    const auto consult = read<Consult>(R"({"type":"consult","callId":"c","agentId":"ben","note":"n"})", 2);
    EXPECT_EQ(consult.whom, (Destination{std::nullopt, UserId("ben")}));
    EXPECT_EQ(consult.note, "n");
    EXPECT_EQ(read<CancelConsult>(R"({"type":"cancel_consult","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<CompleteTransfer>(R"({"type":"complete_transfer","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<StartConference>(R"({"type":"start_conference","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<RequeueContact>(R"({"type":"requeue_contact","callId":"c","queueId":"sales"})", 2).queue, QueueId("sales"));
    EXPECT_EQ(read<SetNotes>(R"({"type":"set_notes","callId":"c","notes":"a\r\nb"})", 2).notes, "a\r\nb");
    EXPECT_EQ(read<SetNotes>(R"({"type":"set_notes","callId":"c","notes":""})", 2).notes, "");
    EXPECT_EQ(read<SetDisposition>(R"({"type":"set_disposition","callId":"c","disposition":"refund"})", 2).disposition, "refund");
    EXPECT_EQ(read<ExtendWrapUp>(R"({"type":"extend_wrap_up","callId":"c"})", 2).call, ContactId("c"));
    EXPECT_EQ(read<EndWrapUp>(R"({"type":"end_wrap_up","callId":"c"})", 2).agent, std::nullopt);
    read<CancelNextIntent>(R"({"type":"cancel_next_intent"})", 2);
    read<GetDirectory>(R"({"type":"get_directory"})", 2);
}

TEST(Decode, ReadsWhatASupervisorSays) {
    EXPECT_EQ(read<EndWrapUp>(R"({"type":"end_wrap_up","callId":"c","agentId":"ben"})", 2).agent, UserId("ben"));
    EXPECT_EQ(read<ReassignContact>(R"({"type":"reassign_contact","callId":"c","agentId":"ben"})", 2).agent, UserId("ben"));
    EXPECT_EQ(read<SuperviseContact>(R"({"type":"supervise_contact","callId":"c","mode":"barge"})", 2).mode, SupervisionMode::barge);
    EXPECT_EQ(read<SuperviseContact>(R"({"type":"supervise_contact","callId":"c","mode":"none"})", 2).mode, std::nullopt);
    EXPECT_EQ(read<TakeOverContact>(R"({"type":"take_over_contact","callId":"c"})", 2).call, ContactId("c"));
    const auto forced =
        read<ForceIntent>(R"({"type":"force_intent","agentId":"ben","intent":"not_ready","reason":"COACHING","note":"why"})", 2);
    EXPECT_EQ(forced.agent, UserId("ben"));
    EXPECT_EQ(forced.intent, Intent::not_ready);
    EXPECT_EQ(forced.reason, "COACHING");
    EXPECT_EQ(forced.note, "why");
    EXPECT_FALSE(read<WatchLive>(R"({"type":"watch_live","watch":false})", 2).watch);
}

std::string detail_of(std::string_view text) {
    const auto decoded = decode(text, 2);
    return decoded ? "no error" : decoded.error().detail;
}

TEST(Decode, AContactIsHandedToAQueueOrToAnAgentAndNotToBoth) {
    for (const std::string type : {"transfer_contact", "consult"}) {
        const auto with = [&](const std::string& members) {
            return detail_of(R"({"type":")" + type + R"(","callId":"c")" + members + "}");
        };

        EXPECT_EQ(with(""), "either queueId or agentId is required");
        EXPECT_EQ(with(R"(,"queueId":"q","agentId":"a")"), "either queueId or agentId is required");
        EXPECT_EQ(with(R"(,"queueId":"q")"), "no error");
        EXPECT_EQ(with(R"(,"agentId":"a")"), "no error");
    }
}

std::string repeated(std::string_view letter, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += letter;
    return text;
}

TEST(Decode, WhatPeopleWriteHasLinesAndBoundsInCharacters) {
    struct Written {
        std::string begin;
        std::size_t characters_max;
    };
    for (const auto& [begin, characters_max] :
         {Written{R"({"type":"send_chat","callId":"c","text":)", 2000}, Written{R"({"type":"set_notes","callId":"c","notes":)", 4000},
          Written{R"({"type":"rate_contact","callId":"c","rating":1,"comment":)", 1000},
          Written{R"({"type":"request_callback","callId":"c","note":)", 500},
          Written{R"({"type":"transfer_contact","callId":"c","agentId":"a","note":)", 500},
          Written{R"({"type":"consult","callId":"c","agentId":"a","note":)", 500},
          Written{R"({"type":"force_intent","agentId":"a","intent":"offline","note":)", 500}}) {
        const auto with = [start = begin](const std::string& json) { return error_of(start + json + "}", 2); };

        EXPECT_EQ(with('"' + std::string(characters_max, 'x') + '"'), "no error") << begin;
        EXPECT_EQ(with('"' + std::string(characters_max + 1, 'x') + '"'), invalid) << begin;
        EXPECT_EQ(with('"' + repeated("漢", characters_max) + '"'), "no error") << begin;
        EXPECT_EQ(with('"' + repeated("😀", characters_max) + '"'), "no error") << begin;
        EXPECT_EQ(with('"' + repeated("😀", characters_max + 1) + '"'), invalid) << begin;
        EXPECT_EQ(with(R"("a\r\n\tb")"), "no error") << begin;
        for (const char* bad : {R"("\u0000")", R"("\u001b[0m")", R"("\u0085")", "1", "true", "{}"})
            EXPECT_EQ(with(bad), invalid) << begin << bad;
    }
}

TEST(Decode, NumbersHaveBounds) {
    const auto rated = [](const std::string& json) { return error_of(R"({"type":"rate_contact","callId":"c","rating":)" + json + "}", 2); };
    const auto left = [](const std::string& json) {
        return error_of(R"({"type":"leave_voicemail","callId":"c","recordingId":"r","durationMs":)" + json + "}", 2);
    };

    for (const char* good : {"1", "5"}) EXPECT_EQ(rated(good), "no error") << good;
    for (const char* bad : {"0", "6", "-1", "4.5", "\"5\"", "null", "18446744073709551615"}) EXPECT_EQ(rated(bad), invalid) << bad;
    for (const char* good : {"0", "3600000"}) EXPECT_EQ(left(good), "no error") << good;
    for (const char* bad : {"-1", "3600001", "1e3", "18446744073709551615"}) EXPECT_EQ(left(bad), invalid) << bad;
}

TEST(Decode, WhatIsNotAnObjectWithATypeIsInvalid) {
    for (const std::string_view text : {"", "nonsense", "[]", "1", "null", "{}", R"({"type":1})", R"({"type":null})",
                                        R"({"type":"ping"} x)", "\"ping\"", R"({"type":"ping")", R"([{"type":"ping"}])"}) {
        EXPECT_EQ(error_of(text), invalid) << text;
    }
}

TEST(Decode, UnknownTypesAreNamedButNotInFull) {
    EXPECT_EQ(error_of(R"({"type":"dance"})"), "Unknown message type: dance");
    EXPECT_EQ(error_of(R"({"type":""})"), "Unknown message type: ");
    EXPECT_EQ(error_of(R"({"type":")" + std::string(5000, 'x') + "\"}"), "Unknown message type: " + std::string(64, 'x'));
    EXPECT_EQ(error_of(R"({"type":")" + std::string(63, 'x') + "€\"}"), "Unknown message type: " + std::string(63, 'x'));
}

TEST(Decode, AMessageMayBeAsLongAsAnOperatorCanAllow) {
    const std::string offer(1'000'000, 'x');

    EXPECT_EQ(error_of(R"({"type":"webrtc_offer","targetUserId":"u","offer":")" + offer + "\"}"), "no error");
}

TEST(Decode, Version1DoesNotKnowVersion2) {
    EXPECT_EQ(error_of(R"({"type":"accept_contact","callId":"c"})"), "Unknown message type: accept_contact");
    const auto decoded = decode(R"({"type":"ping","id":"7","ack":3})", 1);
    EXPECT_EQ(decoded->id, std::nullopt);
    EXPECT_EQ(decoded->acknowledged, std::nullopt);
    EXPECT_EQ(error_of(R"({"type":"ping","id":7,"ack":"x"})"), "no error");
}

TEST(Decode, ATraceIsLettersDigitsAndHyphensOfVersion2) {
    EXPECT_EQ(decode(R"({"type":"ping","trace":"9f2c-41"})", 2)->trace, "9f2c-41");
    EXPECT_EQ(decode(R"({"type":"ping"})", 2)->trace, "");
    EXPECT_EQ(decode(R"({"type":"ping","trace":"9f2c"})", 1)->trace, "");
    for (const std::string_view text : {R"({"type":"ping","trace":"a b"})", R"({"type":"ping","trace":""})", R"({"type":"ping","trace":7})",
                                        R"({"type":"ping","trace":"ü"})", R"({"type":"ping","trace":"a\nb"})"})
        EXPECT_FALSE(decode(text, 2).has_value()) << text;
    EXPECT_FALSE(decode(R"({"type":"ping","trace":")" + std::string(65, 'x') + "\"}", 2).has_value());
}

TEST(Decode, Version2ReadsWhatSurroundsAMessage) {
    const auto decoded = decode(R"({"type":"ping","id":"7","ack":18446744073709551615})", 2);

    EXPECT_EQ(decoded->id, CommandId("7"));
    EXPECT_EQ(decoded->acknowledged, 18446744073709551615u);
    for (const std::string_view text :
         {R"({"type":"ping","id":7})", R"({"type":"ping","id":""})", R"({"type":"ping","ack":-1})", R"({"type":"ping","ack":1.5})"}) {
        EXPECT_EQ(error_of(text, 2), invalid) << text;
    }
    EXPECT_EQ(error_of(R"({"type":"ping","id":")" + std::string(65, 'i') + "\"}", 2), invalid);
}

TEST(Decode, AnErrorNamesTheCommandThatItAnswers) {
    EXPECT_EQ(decode(R"({"id":"7","type":"join_room"})", 2).error().id, CommandId("7"));
    EXPECT_EQ(decode(R"({"id":"7","type":"dance"})", 2).error().id, CommandId("7"));
    EXPECT_EQ(decode(R"({"id":"7"})", 2).error().id, CommandId("7"));
    EXPECT_EQ(decode(R"({"id":"7","type":"dance"})", 1).error().id, std::nullopt);
}

TEST(Decode, RequiredFieldsAreRequired) {
    for (const std::string_view text : {R"({"type":"join_room"})",
                                        R"({"type":"webrtc_offer","offer":{}})",
                                        R"({"type":"webrtc_offer","targetUserId":"u"})",
                                        R"({"type":"webrtc_offer","targetUserId":"u","offer":null})",
                                        R"({"type":"webrtc_answer","targetUserId":"u"})",
                                        R"({"type":"ice_candidate","targetUserId":"u"})",
                                        R"({"type":"ice_candidate","candidate":null})",
                                        R"({"type":"call_started","callId":"c"})",
                                        R"({"type":"call_started","roomId":"r"})",
                                        R"({"type":"call_ended","callId":"c"})",
                                        R"({"type":"agent_status"})",
                                        R"({"type":"call_rejected"})",
                                        R"({"type":"set_media_ready","ready":"yes"})",
                                        R"({"type":"set_agent_intent","intent":"away"})",
                                        R"({"type":"media_state","callId":"c"})",
                                        R"({"type":"refresh_token"})",
                                        R"({"type":"open_contact"})",
                                        R"({"type":"leave_voicemail","callId":"c","durationMs":1})",
                                        R"({"type":"leave_voicemail","callId":"c","recordingId":"r"})",
                                        R"({"type":"rate_contact","callId":"c"})",
                                        R"({"type":"set_muted","callId":"c"})",
                                        R"({"type":"send_keypad","callId":"c"})",
                                        R"({"type":"send_keypad","callId":"c","digits":""})",
                                        R"({"type":"send_chat","callId":"c"})",
                                        R"({"type":"send_chat","callId":"c","text":""})",
                                        R"({"type":"hold_contact"})",
                                        R"({"type":"set_notes","callId":"c"})",
                                        R"({"type":"set_disposition","callId":"c"})",
                                        R"({"type":"reassign_contact","callId":"c"})",
                                        R"({"type":"supervise_contact","callId":"c"})",
                                        R"({"type":"force_intent","agentId":"a","intent":"offline"})",
                                        R"({"type":"force_intent","agentId":"a","intent":"offline","note":""})",
                                        R"({"type":"force_intent","agentId":"a","note":"n"})",
                                        R"({"type":"watch_live"})",
                                        R"({"type":"watch_live","watch":1})"}) {
        EXPECT_EQ(error_of(text, 2), invalid) << text;
    }
}

TEST(Decode, NamesAreNonEmptyStringsWithoutControlCharactersAndBounded) {
    const auto join = [](const std::string& json) { return error_of(R"({"type":"join_room","roomId":)" + json + "}"); };
    for (const char* bad : {"1", "null", "{}", "[\"r\"]", "true", R"("")", R"("a\nb")", R"("\u0000")", R"("\u0085")", R"("\u007f")"})
        EXPECT_EQ(join(bad), invalid) << bad;
    EXPECT_EQ(join('"' + std::string(128, 'r') + '"'), "no error");
    EXPECT_EQ(join('"' + std::string(129, 'r') + '"'), invalid);
    EXPECT_EQ(read<JoinRoom>(R"({"type":"join_room","roomId":"caf\u00e9"})").room, RoomId("café"));
}

TEST(Decode, NullWhereAFieldIsOptionalCountsAsLeftOut) {
    for (const std::string_view text :
         {R"({"type":"leave_room","roomId":null})", R"({"type":"webrtc_offer","targetUserId":"u","offer":{},"callId":null})",
          R"({"type":"webrtc_answer","targetUserId":"u","answer":{},"callId":null})",
          R"({"type":"ice_candidate","targetUserId":"u","candidate":{},"callId" : null })",
          R"({"type":"call_started","callId":"c","roomId":"r","callType":null})",
          R"({"type":"call_ended","callId":"c","roomId":"r","reason":null})", R"({"type":"call_rejected","callId":"c","reason":null})",
          R"({"type":"agent_status","status":"s","availability":null})"}) {
        EXPECT_EQ(error_of(text), "no error") << text;
    }
    EXPECT_EQ(read<LeaveRoom>(R"({"type":"leave_room","roomId":null})").room, std::nullopt);
    EXPECT_EQ(read<WebrtcAnswer>(R"({"type":"webrtc_answer","targetUserId":"u","answer":{},"callId":null})").call, std::nullopt);
    EXPECT_EQ(read<EndWrapUp>(R"({"type":"end_wrap_up","callId":"c","agentId":null})", 2).agent, std::nullopt);
    EXPECT_EQ(read<OpenContact>(R"({"type":"open_contact","callId":"c","name":null,"page":null,"queueId":null})", 2).details.name, "");
    EXPECT_EQ(decode(R"({"type":"ping","id":null,"ack":null})", 2)->id, std::nullopt);
    for (const std::string_view text :
         {R"({"type":"join_room","roomId":null})", R"({"type":"webrtc_offer","targetUserId":null,"offer":{}})",
          R"({"type":"call_started","callId":null,"roomId":"r"})", R"({"type":"agent_status","status":null})"}) {
        EXPECT_EQ(error_of(text), invalid) << text << " has to name something";
    }
}

TEST(Decode, OptionalFieldsThatArePresentMustBeRight) {
    for (const std::string_view text :
         {R"({"type":"leave_room","roomId":""})", R"({"type":"webrtc_offer","targetUserId":"u","offer":{},"callId":5})",
          R"({"type":"call_ended","callId":"c","roomId":"r","reason":{}})", R"({"type":"agent_status","status":"s","availability":1})",
          R"({"type":"call_rejected","callId":"c","reason":1})"}) {
        EXPECT_EQ(error_of(text), invalid) << text;
    }
    for (const std::string_view text :
         {R"({"type":"supervise_contact","callId":"c","mode":"listen"})",
          R"({"type":"force_intent","agentId":"a","intent":"away","note":"n"})", R"({"type":"get_queue_status","queueId":""})",
          R"({"type":"requeue_contact","callId":"c","queueId":1})", R"({"type":"end_wrap_up","callId":"c","agentId":7})",
          R"({"type":"request_callback","callId":"c","phone":"1\n2"})", R"({"type":"send_keypad","callId":"c","digits":"12E"})",
          R"({"type":"send_keypad","callId":"c","digits":"123456789012345678901234567890123"})",
          R"({"type":"open_contact","callId":"c","page":"javascript:1"})",
          R"({"type":"leave_voicemail","callId":"c","recordingId":"r","durationMs":1,"page":"x"})"}) {
        EXPECT_EQ(error_of(text, 2), invalid) << text;
    }
    for (const std::string_view member : {R"("callType":"fax")", R"("callType":"voicemail")", R"("language":"")", R"("queueId":{})",
                                          R"("page":"javascript:alert`1`")", R"("topic":7)", R"("name":"a\u0001")"}) {
        const std::string text = R"({"type":"webrtc_offer","targetUserId":"u","offer":{},)" + std::string(member) + "}";
        EXPECT_EQ(error_of(text, 2), invalid) << text;
    }
}

TEST(Decode, ThePartThatIsCheckedIsThePartThatIsPassedOn) {
    const auto twice =
        read<WebrtcOffer>(R"({"type":"webrtc_offer","targetUserId":"u","offer":null,"offer":{"a":1},"target\u0055serId":"v"})");

    EXPECT_EQ(twice.offer, R"({"a":1})");
    EXPECT_EQ(twice.target, "v");
    EXPECT_EQ(error_of(R"({"type":"webrtc_offer","targetUserId":"u","offer":{"a":1},"offer":null})"), invalid);
    EXPECT_EQ(error_of(R"({"type":"ping","type":"dance"})"), "Unknown message type: dance");
}

TEST(Decode, NestingAndLengthHaveBounds) {
    const auto nested = [](std::size_t depth) {
        return R"({"type":"webrtc_offer","targetUserId":"u","offer":)" + std::string(depth, '[') + "1" + std::string(depth, ']') + "}";
    };

    EXPECT_EQ(error_of(nested(limits::nesting_max - 1)), "no error");
    EXPECT_EQ(error_of(nested(limits::nesting_max)), invalid);
    EXPECT_EQ(error_of(nested(100'000)), invalid);
    const std::string long_offer = R"({"type":"webrtc_offer","targetUserId":"u","offer":")" + std::string(200'000, 'x') + "\"}";
    EXPECT_EQ(error_of(long_offer), "no error");
}

TEST(DecodeProperty, WhatIsPassedOnOfADamagedMessageIsStillJson) {
    const std::string good =
        R"({"type":"webrtc_offer", "targetUserId":"u\u0041", "offer" : {"sdp":"a\"}b\\","n":[1,{"x":null}]} ,"callId":"c"})";
    json::Validator validator(4096, 64);
    std::size_t accepted = 0;
    for (std::uint64_t seed = 0; seed < 50'000; ++seed) {
        Rng random(seed);
        std::string text = good;
        constexpr std::string_view damage = "{}[]\",:\\ u0n1";
        for (std::size_t i = 1 + random.below(3); i > 0; --i) text[random.below(text.size())] = damage[random.below(damage.size())];

        const auto decoded = decode(text, 1 + static_cast<int>(random.below(2)));

        if (!decoded || !std::holds_alternative<WebrtcOffer>(decoded->message)) continue;
        ++accepted;
        const auto& offer = std::get<WebrtcOffer>(decoded->message);
        ASSERT_TRUE(validator.validate(offer.offer)) << text;
        ASSERT_GE(offer.offer.data(), text.data());
        ASSERT_LE(offer.offer.data() + offer.offer.size(), text.data() + text.size());
    }
    EXPECT_GT(accepted, 100u);
}

}  // namespace
}  // namespace calldocker::protocol
