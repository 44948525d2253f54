#include "server/http/routes.hpp"

#include <fmt/format.h>

#include "server/http/problem.hpp"

namespace calldocker::server::http {
namespace {

Response allowed_methods(unsigned status, std::string allow) {
    Response response = status == 405 ? problem(405, "method_not_allowed", "this address answers " + allow) : Response{};
    response.status = status;
    response.add("Allow", std::move(allow));
    return response;
}

}  // namespace

void Routes::add(std::string_view method, std::string path, Endpoint endpoint) {
    endpoints_[std::move(path)].insert_or_assign(std::string(method), std::move(endpoint));
}

void Routes::add_below(std::string_view method, std::string prefix, Endpoint endpoint) {
    below_[std::move(prefix)].insert_or_assign(std::string(method), std::move(endpoint));
}

void Routes::allow_body(std::string_view method, std::string path, BodyAllowance allowance, Gate gate) {
    bodies_.insert_or_assign(fmt::format("{} {}", method, path), LargeBody{allowance, std::move(gate)});
}

tl::expected<std::optional<BodyAllowance>, Response> Routes::admit_body(const Request& head) const {
    const auto found = bodies_.find(fmt::format("{} {}", head.method, head.path));
    if (found == bodies_.end()) return std::nullopt;
    const auto admitted = found->second.gate(head);
    if (admitted) return found->second.allowance;
    Response refusal = problem(admitted.error());
    if (head.path.starts_with("/api/")) add_cors_headers(refusal, head, origins_);
    return tl::unexpected(std::move(refusal));
}

const Routes::Methods* Routes::methods_of(std::string_view path) const {
    if (const auto exact = endpoints_.find(path); exact != endpoints_.end()) return &exact->second;
    const Methods* longest = nullptr;  // of those that fit, each comes after the shorter ones
    for (const auto& [prefix, methods] : below_)
        if (path.size() > prefix.size() && path.starts_with(prefix)) longest = &methods;
    return longest;
}

void Routes::handle(const Request& request, Respond respond) {
    // The request ends with this call, the response may come later: what it needs of the request goes along.
    const bool api = request.path.starts_with("/api/");
    Request origin_of;
    origin_of.method = request.method;
    if (api) origin_of.headers.push_back({"Origin", std::string(request.header("Origin"))});
    answer(request,
           [this, api, origin_of = std::move(origin_of), secure = request.secure, respond = std::move(respond)](Response response) {
               add_security_headers(response, secure);
               if (api) add_cors_headers(response, origin_of, origins_);
               respond(std::move(response));
           });
}

void Routes::answer(const Request& request, const Respond& respond) const {
    if (request.path == "*") return respond(allowed_methods(204, "GET, HEAD, POST, OPTIONS"));  // of the server as a whole
    const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
    const Methods* methods = methods_of(request.path);
    if (methods == nullptr) {
        if (request.path.starts_with("/api/") || !assets_.has(request.path)) {
            respond(no_such_route());
        } else if (request.method == "OPTIONS") {
            respond(allowed_methods(204, "GET, HEAD, OPTIONS"));
        } else if (method != "GET") {
            respond(allowed_methods(405, "GET, HEAD, OPTIONS"));
        } else {
            respond(assets_.serve(request));
        }
        return;
    }
    if (const auto found = methods->find(method); found != methods->end()) {
        found->second(request, respond);
        return;
    }
    std::string allow;
    for (const auto& [known, unused] : *methods) allow += known == "GET" ? "GET, HEAD, " : known + ", ";
    respond(allowed_methods(request.method == "OPTIONS" ? 204 : 405, allow + "OPTIONS"));
}

}  // namespace calldocker::server::http
