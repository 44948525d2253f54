#include "protocol/signalling/authentication.hpp"

#include "protocol/json/reader.hpp"
#include "protocol/signalling/limits.hpp"

namespace calldocker::protocol {
namespace {

/// Anybody on the network may send it, so that it is flat and short.
constexpr std::size_t authentication_nesting_max = 2;

}  // namespace

std::optional<Authentication> decode_authentication(std::string_view text) {
    thread_local json::Validator validator(limits::authentication_bytes_max, authentication_nesting_max);
    if (!validator.validate(text) || !json::is_object(text)) return std::nullopt;
    const auto [type, token, resume, seq] = json::pick<4>(text, {"type", "token", "resumeToken", "seq"});
    std::string scratch;
    if (json::text_of(type, scratch) != "authenticate") return std::nullopt;

    Authentication authentication;
    authentication.token = json::text_of(token, scratch).value_or("");
    authentication.resume_token = json::text_of(resume, scratch).value_or("");
    authentication.seq = json::integer_of(seq);
    return authentication;
}

}  // namespace calldocker::protocol
