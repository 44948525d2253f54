#include <gtest/gtest.h>

#include <set>

#include "protocol/signalling/authentication.hpp"
#include "protocol/signalling/decode.hpp"
#include "protocol/signalling/encode.hpp"

// api/examples holds one message of version 2 a line. Tests of the web packages hold the same lines against the schemas,
// and see that every member of every message occurs: so what is read and written here is what the schemas say.
namespace calldocker::protocol {

extern const std::string_view client_examples;
extern const std::string_view server_examples;

namespace {

using namespace domain;

Instant at(int second) { return from_unix_ms(1'700'000'000'000 + second * 1000); }

const Person amina{UserId("amina"), "Amina"};
const Person ben{UserId("ben"), "Ben"};
const Person sue{UserId("sue"), ""};
const QueueRef sales{QueueId("sales"), "Sales"};
const QueueRef support{QueueId("support"), ""};
const ContactId c1("c1");

ContactView contact(ContactState state, ContactView::You you) {
    ContactView view;
    view.call = c1;
    view.state = state;
    view.channel = Channel::video;
    view.visitor = {UserId("vera"), "Zoë", "Order 4711", "https://shop.example/orders"};
    view.you = you;
    view.created_at = at(0);
    view.queue = sales;
    view.waiting_since = at(1);
    return view;
}

ContactView queued() {
    ContactView view = contact(ContactState::queued, ContactView::You::visitor);
    view.place = PlaceView{2, 3, 5, false};
    view.segments = 1;
    return view;
}

ContactView offered() {
    ContactView view = contact(ContactState::consulting, ContactView::You::offered);
    view.agent = amina;
    view.offer = OfferView{.kind = OfferKind::consult,
                           .since = at(40),
                           .expires_at = at(60),
                           .from = amina,
                           .note = "May I refund?\nTwo chairs.",
                           .why = RoutingWhy{"17", DecidedBy::longest_idle, 3, Milliseconds(12'345)}};
    return view;
}

ContactView conference() {
    ContactView view = contact(ContactState::connected, ContactView::You::agent);
    view.agent = amina;
    view.media_owner = true;
    view.accepted_at = at(10);
    view.connected_at = at(11);
    view.media_lost = true;
    view.legs = {{UserId("vera"), "Zoë", LegKind::main, false, std::nullopt, false},
                 {UserId("ben"), "Ben", LegKind::conference, true, std::nullopt, true},
                 {UserId("sue"), "", LegKind::supervision, true, SupervisionMode::whisper, false}};
    view.visitor_muted = true;
    view.agent_muted = true;
    view.participants = {{ben, LegKind::conference, std::nullopt, true}, {sue, LegKind::supervision, SupervisionMode::whisper, false}};
    view.notes = "Two chairs.\nRefunded.";
    view.disposition = "refund";
    view.earlier_notes = {{ben, "Asks for chairs.", "sold"}, {sue, "Calls back.", {}}};
    return view;
}

ContactView held() {
    ContactView view = contact(ContactState::held, ContactView::You::supervisor);
    view.agent = amina;
    view.held_by = amina;
    view.visitor_lost = true;
    view.agent_lost = true;
    return view;
}

ContactView wrapping_up() {
    ContactView view = contact(ContactState::wrapup, ContactView::You::agent);
    view.agent = amina;
    view.ended_at = at(100);
    view.end_reason = EndReason::completed_visitor;
    view.ended_by = Party::visitor;
    view.wrap_up_until = at(130);
    view.wrap_up_extensions = 0;
    return view;
}

ContactView callback() {
    ContactView view = contact(ContactState::callback_waiting, ContactView::You::visitor);
    view.needs_offer = true;
    view.callback = CallbackView{1, 3, at(600), "+41 44 000 00 00", "After five,\nplease."};
    return view;
}

ContactView voicemail() {
    ContactView view = contact(ContactState::offering, ContactView::You::offered);
    view.channel = Channel::voicemail;
    view.offer = OfferView{.kind = OfferKind::contact, .since = at(40), .expires_at = {}, .from = {}, .note = "", .why = {}};
    view.recording = "r1";
    view.trace = "9f2c-41";
    return view;
}

AgentView agent() {
    AgentView view;
    view.user = amina.user;
    view.name = amina.name;
    view.intent = Intent::not_ready;
    view.reason = "SYS_RONA";
    view.label = AgentLabel::on_call;
    view.since = at(11);
    view.media_ready = true;
    view.next = NextIntent{Intent::not_ready, "MEAL"};
    view.forced_by = sue;
    view.note = "Five minutes,\nplease.";
    view.misses = 1;
    view.signed_in_at = at(-3600);
    view.handled = 7;
    view.talked = Milliseconds(1'234'567);
    view.queues = {sales, support};
    return view;
}

Directory directory() {
    return {.queues = {{sales, true, 2, 1}, {support, false, 0, 0}},
            .agents = {{ben, AgentLabel::available, true}, {sue, AgentLabel::wrapup, false}},
            .reasons = {{"MEAL", "", false, false, 30}, {"VISIT", "House visit", true, true, std::nullopt}},
            .dispositions = {"refund", "complaint"}};
}

LiveView live() {
    LiveView view;
    view.at = at(50);
    LiveQueue queue;
    queue.queue = sales;
    queue.open = true;
    queue.waiting = 2;
    queue.offering = 1;
    queue.talking = 3;
    queue.callbacks = 4;
    queue.staffed = 6;
    queue.free = 5;
    queue.longest_waiting_since = at(1);
    queue.offered = 100;
    queue.answered = 78;
    queue.abandoned = 17;
    queue.flowed_out = 5;
    queue.answered_in_target = 60;
    queue.short_abandoned = 7;
    queue.target_seconds = 20;
    queue.service_level_percent = 67;
    LiveAgent on_call;
    on_call.who = amina;
    on_call.label = AgentLabel::on_call;
    on_call.intent = Intent::available;
    on_call.since = at(11);
    on_call.next = NextIntent{Intent::offline, ""};
    on_call.sessions = 2;
    on_call.media_ready = true;
    on_call.call = c1;
    on_call.queues = {sales.queue, support.queue};
    on_call.handled = 7;
    LiveAgent at_lunch;
    at_lunch.who = sue;
    at_lunch.label = AgentLabel::not_ready;
    at_lunch.intent = Intent::not_ready;
    at_lunch.reason = "MEAL";
    at_lunch.since = at(-2000);
    at_lunch.sessions = 1;
    at_lunch.overdue = true;
    LiveContact contact;
    contact.call = c1;
    contact.state = ContactState::connected;
    contact.queue = sales;
    contact.visitor = {UserId("vera"), "Zoë", "", ""};
    contact.agent = amina;
    contact.since = at(11);
    contact.waiting_since = at(1);
    contact.agent_lost = true;
    contact.supervisors = {{sue, LegKind::supervision, SupervisionMode::monitor, true}};
    view.queues = {queue};
    view.agents = {on_call, at_lunch};
    view.contacts = {contact};
    view.contacts_total = 1;
    view.may_act = true;
    return view;
}

std::vector<Notice> notices() {
    const ChatMessage hello{1, {UserId("vera"), "Zoë"}, Party::visitor, "Order 4711:\n\t2 chairs", at(20)};
    const ChatMessage reply{2, amina, Party::agent, "\"On its way\"", at(25)};
    return {
        notice::RoomJoined{RoomId("agent-room"), {UserId("amina"), UserId("ben")}},
        notice::UserJoined{UserId("ben"), RoomId("agent-room")},
        notice::UserLeft{UserId("ben"), RoomId("agent-room")},
        notice::Offer{UserId("vera"), R"({"type":"offer","sdp":"v=0\r\n","generation":"g1"})", c1},
        notice::OfferSent{"public-calls", c1},
        notice::Answer{UserId("amina"), R"({"type":"answer","sdp":"v=0\r\n","generation":"g2","inReplyTo":"g1"})", c1},
        notice::AnswerSent{"vera", c1},
        notice::Candidate{UserId("vera"), "null", c1},
        notice::CallStarted{c1, UserId("vera"), "voice"},
        notice::CallEnded{c1, UserId("vera"), "done"},
        notice::AgentStatusChanged{UserId("amina"), "online", "available"},
        notice::Pong{},
        notice::Failed{"Too much at once", "too many new contacts by you: try again in 90 s", ErrorCode::overloaded, CommandId("7"),
                       Milliseconds(90'000)},
        notice::Acknowledged{CommandId("7")},
        notice::SessionReset{"new", {{{RoomId("agent-room"), {UserId("amina")}}}, {queued()}, agent()}},
        notice::TokenExpiring{at(60)},
        notice::IceServers{c1, {{{"stun:turn.example"}, "", ""}, {{"turn:turn.example"}, "1700003600:amina", "p"}}, 3600},
        notice::ContactOffered{offered()},
        notice::ContactOffered{voicemail()},
        notice::ContactRevoked{c1, RevokeReason::timeout},
        notice::ConsultEnded{c1, {UserId("ben"), "Ben"}, ConsultEnd::missed},
        notice::ContactChanged{queued()},
        notice::ContactChanged{conference()},
        notice::ContactChanged{held()},
        notice::ContactChanged{wrapping_up()},
        notice::ContactChanged{callback()},
        notice::AgentChanged{agent()},
        notice::QueuePlace{c1, {1, std::nullopt, std::nullopt, true}},
        notice::QueueStatusTold{{sales, true, std::nullopt, true, true, true, false, 3, 5}},
        notice::QueueStatusTold{{support, false, at(36'000), false, false, false, true, std::nullopt, std::nullopt}},
        notice::ChatSaid{c1, hello},
        notice::ChatHistory{c1, {hello, reply}},
        notice::Keypad{c1, Party::visitor, "12#"},
        notice::DirectoryTold{directory()},
        notice::LiveState{live()},
    };
}

TEST(Examples, EveryMessageOfAClientIsUnderstood) {
    std::set<std::size_t> understood;
    for (std::string_view rest = client_examples; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        if (decode_authentication(line)) continue;  // the message before the session
        const auto decoded = decode(line, 2);
        ASSERT_TRUE(decoded) << line << "\n" << decoded.error().message << ": " << decoded.error().detail;
        understood.insert(decoded->message.index());
    }

    EXPECT_EQ(understood.size(), std::variant_size_v<ClientMessage>);
}

TEST(Examples, AreWhatTheServerSays) {
    const Identity identity{CompanyId("acme"), UserId("amina"), Role::agent, "agent", "Amina", false, std::nullopt};
    const SessionWelcome welcome{
        .session = SessionId("s1"), .resume_token = "t.m", .epoch = "e1", .resumed = true, .heartbeat = 20s, .seq = 0};
    std::string said = encode_established(identity, welcome, at(50)) + "\n" + encode_clock(0, at(50)) + "\n";
    std::uint64_t seq = 0;
    std::set<std::size_t> kinds;
    for (const Notice& notice : notices()) {
        std::string line = encode(notice, at(50), 2);
        append_seq(line, ++seq);
        said += line + "\n";
        kinds.insert(notice.index());
    }

    EXPECT_EQ(said, server_examples) << "api/examples/server.jsonl is to be:\n" << said;
    EXPECT_EQ(kinds.size(), std::variant_size_v<Notice>);
}

}  // namespace
}  // namespace calldocker::protocol
