#include "main/api_routes.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/permissions/permission.hpp"
#include "server/api/network.hpp"
#include "server/http/problem.hpp"

namespace calldocker::main {
namespace {

namespace http = server::http;

http::Response answer_of(Result<std::string> body) {
    return body ? http::json_response(200, std::move(*body)) : http::problem(body.error());
}

auto answer_with(http::Respond respond) {
    return [respond = std::move(respond)](const Result<std::string>& told) { respond(answer_of(told)); };
}

bool admins_only(const domain::Identity& who, const http::Respond& respond) {
    if (domain::may_configure(who)) return true;
    respond(http::problem({ErrorCode::forbidden, "only the company's admins"}));
    return false;
}

Place& home_of(const ApiParts& parts, const CompanyId& company) {
    return *parts.places[server::shard_of(company, static_cast<unsigned>(parts.places.size()))];
}

/// The way back to the shard that asks.
http::Respond back_to(Place& asking, http::Respond respond) {
    return [&shard = asking.shard, respond = std::move(respond)](http::Response response) {
        shard.post([respond, response = std::move(response)]() mutable { respond(std::move(response)); });
    };
}

using Answer = std::function<void(Place& home, const domain::Identity& who, http::Request request, http::Respond respond)>;

/// An endpoint for who is signed in, answered on the shard of the company.
http::Routes::Endpoint at_home(Place& place, const ApiParts& parts, Answer answer) {
    return [&place, parts, answer = std::move(answer)](const http::Request& request, http::Respond respond) {
        auto who = server::bearer_identity(request, place.rest_tokens(), place.shard.now());
        if (!who) return respond(http::problem(who.error()));
        Place& home = home_of(parts, who->company);
        home.shard.post([&home, who = std::move(*who), request = request, back = back_to(place, std::move(respond)), answer]() mutable {
            home.gateway->recognise(who, [&home, who, request = std::move(request), back, answer](const Result<>& known) mutable {
                if (!known) return back(http::problem(known.error()));
                answer(home, who, std::move(request), back);
            });
        });
    };
}

/// A large body is let in for who is signed in alone.
auto bearers_only(Place& place) {
    return [&place](const http::Request& head) -> Result<> {
        if (const auto who = server::bearer_identity(head, place.rest_tokens(), place.shard.now()); !who) return fail(who.error());
        return {};
    };
}

void add_configuration(Place& place, const ApiParts& parts) {
    const std::string path = "/api/v1/configuration";
    http::Routes& routes = *place.routes;
    routes.allow_body("PUT", path, {.bytes_max = parts.settings.http_body_bytes_max, .time = parts.settings.handshake_timeout},
                      bearers_only(place));
    routes.add("GET", path, at_home(place, parts, [](Place& home, const auto& who, const http::Request&, http::Respond respond) {
                   if (admins_only(who, respond)) home.gateway->tell_configuration(who.company, answer_with(std::move(respond)));
               }));
    routes.add("PUT", path, at_home(place, parts, [](Place& home, const auto& who, http::Request request, http::Respond respond) {
                   if (admins_only(who, respond)) home.gateway->configure(who, std::move(request.body), answer_with(std::move(respond)));
               }));
}

void add_contacts(Place& place, const ApiParts& parts) {
    place.routes->add("DELETE", "/api/v1/contacts",
                      at_home(place, parts, [](Place& home, const auto& who, const http::Request& request, http::Respond respond) {
                          using Waiting = app::Island::Waiting;
                          std::optional<Waiting> what;
                          for (const auto& [query, waiting] :
                               {std::pair{"waiting=calls", Waiting::calls}, std::pair{"waiting=callbacks", Waiting::callbacks},
                                std::pair{"waiting=messages", Waiting::messages}})
                              if (request.query.starts_with(query)) what = waiting;
                          const std::string_view rest =
                              std::string_view(request.query).substr(std::min(request.query.find('&'), request.query.size()));
                          if (!what || (!rest.empty() && rest != "&strangers=true"))
                              return respond(http::problem({ErrorCode::invalid,
                                                            "say ?waiting=calls, callbacks or messages, and &strangers=true for those of "
                                                            "unknown visitors alone"}));
                          home.gateway->clear(who, *what, !rest.empty(), answer_with(std::move(respond)));
                      }));
}

void add_voicemails(Place& place, const ApiParts& parts) {
    const std::string path(server::Voicemails::path);
    http::Routes& routes = *place.routes;
    routes.allow_body("POST", path, server::Voicemails::body, bearers_only(place));
    routes.add("POST", path, at_home(place, parts, [](Place& home, const auto& who, http::Request request, http::Respond respond) {
                   home.voicemails->keep(who, std::move(request), home.shard.now(), std::move(respond));
               }));
    routes.add_below("GET", path + "/",
                     at_home(place, parts, [](Place& home, const auto& who, const http::Request& request, http::Respond respond) {
                         home.voicemails->fetch(who, request, std::move(respond));
                     }));
}

void add_users(Place& place, const ApiParts& parts) {
    constexpr std::string_view users = "/api/v1/users/", sessions = "/sessions";
    place.routes->add_below(
        "DELETE", std::string(users),
        at_home(place, parts, [users, sessions](Place& home, const auto& who, const http::Request& request, http::Respond respond) {
            if (!admins_only(who, respond)) return;
            std::string_view user = std::string_view(request.path).substr(users.size());
            if (!user.ends_with(sessions)) return respond(http::problem({ErrorCode::not_found, "nothing is at this address"}));
            user.remove_suffix(sessions.size());
            home.gateway->sign_out(who, std::string(user), [respond = std::move(respond)](const Result<>& done) {
                http::Response gone;
                gone.status = 204;
                respond(done ? std::move(gone) : http::problem(done.error()));
            });
        }));
}

/// On the shard of the company, whose budgets pay for it.
void add_visitor_tokens(Place& place, const ApiParts& parts) {
    place.routes->add("POST", "/api/visitor-token", [&place, parts](const http::Request& request, const http::Respond& respond) {
        Place& home = home_of(parts, place.sign_in->company_of(request.body));
        home.shard.post([&home, body = request.body, from = server::network_of(request.peer), back = back_to(place, respond)] {
            back(answer_of(home.sign_in->visitor_token(body, from, home.shard.now())));
        });
    });
}

void add_codes(Place& place, const ApiParts& parts) {
    http::Routes& routes = *place.routes;
    routes.add(
        "POST", "/api/v1/codes",
        at_home(place, parts, [](Place& home, const auto& who, const http::Request& request, http::Respond respond) {
            auto wanted = home.codes->read_wanted(request.body);
            if (!wanted) return respond(http::problem(wanted.error()));
            server::ReplyOf<server::NewCode>::Told told = [respond = std::move(respond)](const Result<server::NewCode>& made) {
                respond(made ? http::json_response(201, server::CodesApi::made(made->code, made->until)) : http::problem(made.error()));
            };
            if (wanted->resume) {
                home.gateway->make_resume_code(who, std::move(wanted->resume_token), std::move(told));
            } else {
                home.gateway->make_sign_in_code(who, std::move(told));
            }
        }));
    routes.add("POST", "/api/v1/codes/redeem", [&place, parts](const http::Request& request, const http::Respond& respond) {
        const auto code = place.codes->read_code(request.body, request.peer, place.shard.steady_now());
        if (!code) return respond(http::problem(code.error()));
        const auto claim = server::read_code(*code, place.sealer, parts.key_generation, place.shard.now());
        // Used, expired, unknown: one answer for all.
        if (!claim) return respond(http::problem({ErrorCode::not_found, "no such code"}));
        Place& home = home_of(parts, claim->company);
        home.shard.post([&home, &place, claim = *claim, respond] {
            home.gateway->redeem(claim, [&place, respond](const Result<server::RedeemedCode>& redeemed) {
                place.shard.post([&place, respond, redeemed] {
                    if (!redeemed && redeemed.error().code == ErrorCode::not_found)
                        return respond(http::problem({ErrorCode::not_found, "no such code"}));
                    if (!redeemed) return respond(http::problem(redeemed.error()));
                    respond(http::json_response(200, place.codes->redeemed(redeemed->who, redeemed->resume_token, place.shard.now())));
                });
            });
        });
    });
}

void add_demo(Place& place) {
    place.routes->add("GET", "/api/dev/demo",
                      [&place](const http::Request&, const http::Respond& respond) { respond(answer_of(place.sign_in->demo())); });
    place.routes->add("POST", "/api/dev/sign-in", [&place](const http::Request& request, const http::Respond& respond) {
        respond(answer_of(place.sign_in->sign_in(request.body, place.shard.now())));
    });
}

}  // namespace

void add_api_routes(Place& place, const ApiParts& parts) {
    add_configuration(place, parts);
    add_contacts(place, parts);
    add_voicemails(place, parts);
    add_users(place, parts);
    if (parts.settings.jwt_secret.reveal().empty()) return;  // with public keys alone, tokens are somebody else's to make
    add_visitor_tokens(place, parts);
    add_codes(place, parts);
    if (parts.settings.mode == Mode::development) add_demo(place);
}

}  // namespace calldocker::main
