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
     R"({"call":"c1","visitor":"visitor:vera","endpoint":{"session":"vera-tab","version":2},"room":"agent-room",)"
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
    {"contact.ended", R"({"call":"c1","reason":"lost_visitor","by":"system","by_user":"visitor:vera","cause":"connection_lost"})"},
    {"agent.intent_changed", R"({"agent":"amina","intent":"not_ready","reason":"MEAL"})"},
}};

/// Those that came with the contact centre: new types, and members that earlier types have got since.
inline constexpr std::array<StoredExample, 44> contact_centre_examples{{
    {"contact.created", R"({"call":"c1","visitor":"visitor:vera","endpoint":{"session":"vera-tab","version":2},"room":"agent-room","det)"
                        R"(ails":{"channel":"voice","language":"de-CH"},"entry":{"queue":"sales","emergency_class":1,"priority_)"
                        R"(seconds":60,"wait_max":90000,"preferred":"amina"},"prequeue":true,"recording":"rec-1","duration":120)"
                        R"(00,"trace":"9f2c-41"})"},
    {"contact.enqueued", R"({"call":"c1","entry":{"queue":"sales","emergency_class":0,"priority_seconds":0},"room":"public-calls)"
                         R"(","cause":"entered"})"},
    {"contact.wait_estimated", R"({"call":"c1","half":60000,"most":120000})"},
    {"contact.offered", R"({"call":"c1","agents":["amina"],"ring":20000,"kind":"transfer","why":{"rule":"7","decided_by":"best_)"
                        R"(skill","candidates":3,"waited":1500},"excluded":[{"agent":"ben","reason":"skill","detail":"billing"})"
                        R"(]})"},
    {"contact.missed", R"({"call":"c1","agents":["amina"]})"},
    {"contact.accepted", R"({"call":"c1","agent":"amina","name":"Amina","endpoint":{"session":"amina-tab","version":2},"dial":30)"
                         R"(000})"},
    {"contact.requeued", R"({"call":"c1","cause":"requeued","wrap_up":30000})"},
    {"contact.ended", R"({"call":"c1","reason":"abandoned_hold","by":"visitor","by_user":"visitor:vera","wrap_up":30000})"},
    {"contact.wrap_up_extended", R"({"call":"c1","agent":"amina","by":60000})"},
    {"contact.wrap_up_ended", R"({"call":"c1","agent":"amina"})"},
    {"contact.held", R"({"call":"c1","by":"amina"})"},
    {"contact.resumed", R"({"call":"c1"})"},
    {"contact.mute_changed", R"({"call":"c1","party":"agent","muted":true})"},
    {"contact.chat_said", R"({"call":"c1","from":{"user":"visitor:vera","name":"Vera"},"party":"visitor","text":"hello"})"},
    {"contact.notes_set", R"({"call":"c1","notes":"wants a refund"})"},
    {"contact.disposition_set", R"({"call":"c1","disposition":"refund"})"},
    {"contact.transferred", R"({"call":"c1","by":"amina","entry":{"queue":"billing","emergency_class":0,"priority_seconds":0},"to":)"
                            R"("ben","note":"please","wrap_up":30000})"},
    {"contact.consult_started", R"({"call":"c1","by":"amina","agent":"ben","ring":20000,"note":"a refund","name":"Ben"})"},
    {"contact.consult_joined", R"({"call":"c1","agent":"ben","name":"Ben","endpoint":{"session":"ben-tab","version":2}})"},
    {"contact.consult_ended", R"({"call":"c1","agent":"ben","cause":"left"})"},
    {"contact.conference_started", R"({"call":"c1"})"},
    {"contact.handed_over", R"({"call":"c1","to":"ben","name":"Ben","endpoint":{"session":"ben-tab","version":2},"wrap_up":30000,"c)"
                            R"(ause":"transfer"})"},
    {"contact.supervisor_joined", R"({"call":"c1","user":"sue","name":"Sue","endpoint":{"session":"sue-tab","version":2},"mode":"whisper")"
                                  R"(})"},
    {"contact.supervisor_left", R"({"call":"c1","user":"sue"})"},
    {"contact.place_kept", R"({"call":"c1"})"},
    {"contact.callback_requested", R"({"call":"c1","phone":"+49 30 1","note":"after five","cause":"visitor","attempts_max":3})"},
    {"contact.callback_failed", R"({"call":"c1","cause":"no_answer","again":300000})"},
    {"contact.rated", R"({"call":"c1","rating":5,"comment":"quick"})"},
    {"agent.intent_changed", R"({"agent":"amina","intent":"not_ready","reason":"MEETING","by":{"user":"sue","name":"Sue"},"note":"te)"
                             R"(am meeting"})"},
    {"agent.next_intent_chosen", R"({"agent":"amina","next":{"intent":"not_ready","reason":"BREAK"}})"},
    {"agent.signed_in", R"({"agent":"amina","name":"Amina"})"},
    {"agent.signed_out", R"({"agent":"amina"})"},
    {"queue.configured", R"({"queue":{"id":"sales","name":"Sales","metric":"longest_idle","ring_seconds":20,"emergency_class":0,)"
                         R"("priority_seconds":60,"sticky_seconds":15,"target_seconds":20,"max_wait_seconds":600,"max_length":50)"
                         R"(,"overflow_to":"default","callback":false,"voicemail":true,"callback_attempts_max":3,"callback_ring_)"
                         R"(seconds":30,"callback_retry_seconds":300,"wrap_up_seconds":30,"wrap_up_extension_seconds":60,"wrap_u)"
                         R"(p_extensions_max":2,"misses_max":1,"declines_max":5,"match_language":true,"requirements":[{"skill":")"
                         R"(billing","level":5,"weight":2,"mandatory":true,"relaxations":[{"after_seconds":30,"level":3}]}],"eve)"
                         R"(ryone":false,"members":[{"agent":"amina","tier":1,"delay_seconds":0}],"hours":{"zone":"Europe/Berlin)"
                         R"(","weekly":[{"weekday":1,"open":{"from_minute":540,"to_minute":1020}}],"holidays":[{"date":"2026-12-)"
                         R"(25","name":"Christmas Day"}]}}})"},
    {"queue.removed", R"({"queue":"sales"})"},
    {"queue.opened", R"({"queue":"sales"})"},
    {"queue.closed", R"({"queue":"sales"})"},
    {"agent.configured", R"({"profile":{"agent":"amina","name":"Amina","skills":{"billing":5},"languages":["de"],"teams":["north)"
                         R"("]}})"},
    {"agent.removed", R"({"agent":"amina"})"},
    {"company.configured", R"({"settings":{"zone":"Europe/Berlin","reasons":[{"reason":"BREAK","name":"Coffee","paid":true,"minute)"
                           R"(s_max":15}],"dispositions":["refund"]}})"},
    {"company.day_began", R"({})"},
    {"contact.resume_tokens_voided", R"({"call":"c1","session":"vera-tab","before":1795408000000})"},
    {"contact.return_code_made", R"({"call":"c1","code":{"hash":"q1w2","session":"vera-tab","role_name":"user","name":"Vera","token_)"
                                 R"(expires_at":1795408000000,"until":1795408000001}})"},
    {"contact.return_code_used", R"({"call":"c1","hash":"q1w2"})"},
    {"company.user_signed_out", R"({"user":"amina"})"},
}};

}  // namespace calldocker::app::codec
