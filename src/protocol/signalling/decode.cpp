#include "protocol/signalling/decode.hpp"

#include <algorithm>
#include <utility>

#include "protocol/json/reader.hpp"
#include "protocol/signalling/fields.hpp"
#include "protocol/signalling/limits.hpp"
#include "protocol/signalling/message_types.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;

std::string_view cut_at_character(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0u) == 0x80u) --bytes_max;
    return text.substr(0, bytes_max);
}

tl::unexpected<DecodeError> invalid(std::string detail, std::optional<CommandId> command = std::nullopt) {
    return tl::unexpected(DecodeError{"Invalid message format", std::move(detail), std::move(command)});
}

tl::unexpected<DecodeError> unknown_type(std::string_view type, std::optional<CommandId> command) {
    std::string message = "Unknown message type: ";
    message += cut_at_character(type, limits::echoed_type_bytes_max);
    return tl::unexpected(DecodeError{std::move(message), {}, std::move(command)});
}

/// It goes into log lines and file names of those who look for it, so that it is letters, digits and hyphens alone.
std::string trace(Fields& f) {
    if (!f.has("trace")) return {};
    std::string name = f.name("trace", limits::trace_bytes_max);
    const auto is_plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
    if (!std::all_of(name.begin(), name.end(), is_plain)) return f.refuse("trace", "must be of letters, digits and hyphens");
    return name;
}

}  // namespace

tl::expected<ClientEnvelope, DecodeError> decode(std::string_view text, int version) {
    thread_local json::Validator validator(limits::message_bytes_max, limits::nesting_max);
    if (auto valid = validator.validate(text); !valid) return invalid(std::move(valid.error().detail));
    if (!json::is_object(text)) return invalid("a message is a JSON object");

    Fields fields(text, version);
    std::optional<CommandId> command;
    std::optional<std::uint64_t> acknowledged;
    std::string traced;
    if (fields.is_version_2()) {
        if (fields.has("id")) command.emplace(fields.name("id", limits::command_id_bytes_max));
        if (!fields.problem().empty()) return invalid(fields.problem());
        acknowledged = fields.optional_integer("ack");
        traced = trace(fields);
    }
    const auto type = fields.string("type");
    if (!type) return invalid("type must be a string", std::move(command));
    const MessageType* known = find_message_type(*type, version);
    if (known == nullptr) return unknown_type(*type, std::move(command));
    ClientMessage message = known->read(fields);
    if (!fields.problem().empty()) return invalid(fields.problem(), std::move(command));
    return ClientEnvelope{std::move(message), std::move(command), acknowledged, std::move(traced)};
}

}  // namespace calldocker::protocol
