#include "server/http/problem.hpp"

#include <fmt/format.h>

#include "protocol/json/writer.hpp"

namespace calldocker::server::http {
namespace {

unsigned status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid: return 400;
        case ErrorCode::unauthenticated: return 401;
        case ErrorCode::forbidden: return 403;
        case ErrorCode::not_found: return 404;
        case ErrorCode::conflict:
        case ErrorCode::reservation_lost:
        case ErrorCode::duplicate: return 409;
        case ErrorCode::gone: return 410;
        case ErrorCode::too_large: return 413;
        case ErrorCode::overloaded:
        case ErrorCode::unavailable: return 503;
    }
    return 500;
}

Response document(unsigned status, std::string_view type, std::string_view detail, std::string_view error) {
    Response response;
    response.status = status;
    protocol::json::Writer writer(response.body);
    writer.begin_object()
        .key("type")
        .text(fmt::format("urn:calldocker:problem:{}", type))
        .key("title")
        .text(reason_phrase(status))
        .key("status")
        .number(std::uint64_t{status})
        .key("detail")
        .text(detail);
    if (!error.empty()) writer.key("error").text(error);
    writer.end_object();
    response.add("Content-Type", "application/problem+json").add("Cache-Control", "no-store");
    return response;
}

}  // namespace

Response problem(unsigned status, std::string_view type, std::string_view detail) { return document(status, type, detail, {}); }

Response no_such_route() { return document(404, "not_found", "nothing is at this address", "Route not found"); }

Response problem(const Error& error) {
    // Too much of this caller's; without a moment to come back it is too much of everybody's.
    const bool is_callers = error.code == ErrorCode::overloaded && error.retry_after > Milliseconds{};
    Response response = problem(is_callers ? 429 : status_of(error.code), name_of(error.code), error.detail);
    if (is_callers) response.add("Retry-After", std::to_string((error.retry_after + 999ms) / 1s));
    if (error.code == ErrorCode::unauthenticated) response.add("WWW-Authenticate", "Bearer");  // RFC 9110 §11.6.1
    return response;
}

}  // namespace calldocker::server::http
