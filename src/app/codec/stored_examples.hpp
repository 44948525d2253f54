#pragma once
#include <array>
#include <string_view>

/// Events as they have been written to logs: one of each type, with every member. Logs hold such texts for ever, so that
/// what is here is never edited; a type or member that comes new is added as a further example.
namespace calldocker::app::codec {

struct StoredExample {
    std::string_view type, data;
};

inline constexpr std::array<StoredExample, 13> stored_examples{{
    {"contact.created",
     R"({"call":"c1","visitor":"vera","endpoint":{"session":"vera-tab","version":2},"room":"agent-room",)"
     R"("details":{"channel":"video","name":"Vera \"V\" Überall","topic":"a\u000ab","page":"https://example.com/?a=1"}})"},
    {"contact.offered", R"({"call":"c1","agents":["amina","ben"]})"},
    {"contact.revoked", R"({"call":"c1","agents":["ben"],"reason":"not_routable"})"},
    {"contact.declined", R"({"call":"c1","agent":"amina","reason":"busy"})"},
    {"contact.accepted", R"({"call":"c1","agent":"amina","name":"Amina","endpoint":{"session":"amina-tab","version":2}})"},
    {"contact.connected", R"({"call":"c1"})"},
    {"contact.media_changed", R"({"call":"c1","party":"agent","up":true})"},
    {"contact.media_claimed", R"({"call":"c1","party":"visitor","endpoint":{"session":"vera-tab","version":1}})"},
    {"contact.party_lost", R"({"call":"c1","party":"visitor"})"},
    {"contact.party_back", R"({"call":"c1","party":"agent","endpoint":{"session":"amina-tab","version":2}})"},
    {"contact.requeued", R"({"call":"c1","cause":"agent_lost"})"},
    {"contact.ended", R"({"call":"c1","reason":"lost_visitor","by":"system","by_user":"vera","cause":"connection_lost"})"},
    {"agent.intent_changed", R"({"agent":"amina","intent":"not_ready","reason":"MEAL"})"},
}};

}  // namespace calldocker::app::codec
