#include "protocol/signalling/decode.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"
#include "protocol/json/reader.hpp"
#include "protocol/signalling/limits.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;

/// Every member that any message has; the order of `names`.
enum Field : std::size_t {
    type,
    id,
    ack,
    room_id,
    target_user_id,
    call_id,
    call_type,
    reason,
    status,
    availability,
    offer,
    answer,
    candidate,
    token,
    intent,
    ready,
    state,
    name,
    topic,
    page,
    field_count
};
constexpr std::array<std::string_view, field_count> names{
    "type",  "id",     "ack",       "roomId", "targetUserId", "callId", "callType", "reason", "status", "availability",
    "offer", "answer", "candidate", "token",  "intent",       "ready",  "state",    "name",   "topic",  "page"};

/// Takes members by what they must be. The first that is not remembers why, and the message is refused at the end.
class Fields {
public:
    explicit Fields(std::string_view object, int version) : values_(json::pick(object, names)), version_(version) {}

    [[nodiscard]] bool is_version_2() const { return version_ == 2; }
    [[nodiscard]] bool has(Field field) const { return !values_[field].empty(); }
    [[nodiscard]] const std::string& problem() const { return problem_; }

    std::optional<std::string> text(Field field) {
        const auto found = json::text_of(values_[field], scratch_);
        return found ? std::optional<std::string>(*found) : std::nullopt;
    }

    std::string name(Field field, std::size_t bytes_max = name_bytes_max) {
        if (!has(field)) return refuse(field, "is required");
        auto found = json::text_of(values_[field], scratch_);
        if (!found || !is_name(*found, bytes_max))
            return refuse(field, "must be a non-empty string without control characters, within its bound");
        return std::string(*found);
    }

    std::optional<std::string> optional_name(Field field) {
        if (!has(field)) return std::nullopt;
        return name(field);
    }

    std::optional<ContactId> optional_call() {
        auto call = optional_name(call_id);
        return call ? std::optional<ContactId>(std::move(*call)) : std::nullopt;
    }

    /// Text that people wrote, where nothing and the empty string mean the same.
    std::string optional_text(Field field, std::size_t bytes_max) {
        if (!has(field) || values_[field] == "\"\"") return {};
        return name(field, bytes_max);
    }

    /// Any JSON but null: opaque to us, but there has to be something to relay.
    std::string_view opaque(Field field) {
        if (!has(field)) refuse(field, "is required");
        if (values_[field] == "null") refuse(field, "must not be null");
        return values_[field];
    }

    std::string_view opaque_or_null(Field field) {
        if (!has(field)) refuse(field, "is required");
        return values_[field];
    }

    bool boolean(Field field) {
        const auto found = json::boolean_of(values_[field]);
        if (!found) refuse(field, "must be true or false");
        return found.value_or(false);
    }

    std::optional<std::uint64_t> optional_integer(Field field) {
        if (!has(field)) return std::nullopt;
        const auto found = json::integer_of(values_[field]);
        if (!found) refuse(field, "must be a non-negative integer");
        return found;
    }

    template <class Value, std::size_t size>
    Value one_of(Field field, const std::array<std::pair<std::string_view, Value>, size>& choices) {
        const auto found = json::text_of(values_[field], scratch_);
        for (const auto& [spelled, value] : choices) {
            if (found == spelled) return value;
        }
        refuse(field, "must be one of the documented values");
        return choices.front().second;
    }

    std::string refuse(Field field, std::string_view why) {
        if (problem_.empty()) problem_.append(names[field]).append(" ").append(why);
        return {};
    }

private:
    std::array<std::string_view, field_count> values_;
    int version_;
    std::string scratch_;
    std::string problem_;
};

constexpr std::array<std::pair<std::string_view, Channel>, 2> channels{{{"voice", Channel::voice}, {"video", Channel::video}}};
constexpr std::array<std::pair<std::string_view, Intent>, 3> intents{
    {{"offline", Intent::offline}, {"available", Intent::available}, {"not_ready", Intent::not_ready}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> media_states{{{"down", false}, {"up", true}}};

/// Screens show the page as a link, so it must not be one that runs a script.
std::string page_url(Fields& fields) {
    std::string url = fields.optional_text(page, limits::page_bytes_max);
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://")) fields.refuse(page, "must be an http or https URL");
    return url;
}

ContactDetails contact_details(Fields& fields) {
    if (!fields.is_version_2()) return {};
    ContactDetails details;
    if (fields.has(call_type)) details.channel = fields.one_of(call_type, channels);
    details.name = fields.optional_text(name, name_bytes_max);
    details.topic = fields.optional_text(topic, limits::topic_bytes_max);
    details.page = page_url(fields);
    return details;
}

ClientMessage read_leave_room(Fields& fields) {
    auto room = fields.optional_name(room_id);
    return LeaveRoom{room ? std::optional<RoomId>(std::move(*room)) : std::nullopt};
}

ClientMessage read_offer(Fields& fields) {
    return WebrtcOffer{fields.name(target_user_id), fields.opaque(offer), fields.optional_call(), contact_details(fields)};
}

ClientMessage read_call_rejected(Fields& fields) {
    fields.optional_name(reason);  // checked, then of no use to anyone
    return CallRejected{ContactId(fields.name(call_id))};
}

struct MessageType {
    std::string_view name;
    int since_version;
    ClientMessage (*read)(Fields&);
};

constexpr std::array<MessageType, 19> message_types{{
    {"join_room", 1, [](Fields& f) -> ClientMessage { return JoinRoom{RoomId(f.name(room_id))}; }},
    {"leave_room", 1, read_leave_room},
    {"webrtc_offer", 1, read_offer},
    {"webrtc_answer", 1,
     [](Fields& f) -> ClientMessage {
         return WebrtcAnswer{f.name(target_user_id), f.opaque(answer), f.optional_call()};
     }},
    {"ice_candidate", 1,
     [](Fields& f) -> ClientMessage {
         return IceCandidate{f.name(target_user_id), f.opaque_or_null(candidate), f.optional_call()};
     }},
    {"call_started", 1,
     [](Fields& f) -> ClientMessage {
         return CallStarted{ContactId(f.name(call_id)), RoomId(f.name(room_id)), f.optional_name(call_type)};
     }},
    {"call_ended", 1,
     [](Fields& f) -> ClientMessage {
         return CallEnded{ContactId(f.name(call_id)), RoomId(f.name(room_id)), f.optional_name(reason)};
     }},
    {"call_rejected", 1, read_call_rejected},
    {"agent_status", 1,
     [](Fields& f) -> ClientMessage {
         return AgentStatus{f.name(status), f.optional_name(availability)};
     }},
    {"ping", 1, [](Fields&) -> ClientMessage { return Ping{}; }},
    {"refresh_token", 2, [](Fields& f) -> ClientMessage { return RefreshToken{f.name(token, limits::token_bytes_max)}; }},
    {"get_ice_servers", 2, [](Fields& f) -> ClientMessage { return GetIceServers{f.optional_call()}; }},
    {"set_agent_intent", 2,
     [](Fields& f) -> ClientMessage {
         return SetAgentIntent{f.one_of(intent, intents), f.optional_name(reason)};
     }},
    {"set_media_ready", 2, [](Fields& f) -> ClientMessage { return SetMediaReady{f.boolean(ready)}; }},
    {"accept_contact", 2, [](Fields& f) -> ClientMessage { return AcceptContact{ContactId(f.name(call_id))}; }},
    {"decline_contact", 2,
     [](Fields& f) -> ClientMessage {
         return DeclineContact{ContactId(f.name(call_id)), f.optional_name(reason)};
     }},
    {"media_state", 2,
     [](Fields& f) -> ClientMessage {
         return MediaState{ContactId(f.name(call_id)), f.one_of(state, media_states)};
     }},
    {"claim_media", 2, [](Fields& f) -> ClientMessage { return ClaimMedia{ContactId(f.name(call_id))}; }},
    {"end_contact", 2,
     [](Fields& f) -> ClientMessage {
         return EndContact{ContactId(f.name(call_id)), f.optional_name(reason)};
     }},
}};

const MessageType* find_type(std::string_view spelled, int version) {
    for (const MessageType& known : message_types) {
        if (known.name == spelled) return known.since_version <= version ? &known : nullptr;
    }
    return nullptr;
}

std::string_view cut_at_character(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0u) == 0x80u) --bytes_max;
    return text.substr(0, bytes_max);
}

tl::unexpected<DecodeError> invalid(std::string detail, std::optional<CommandId> command = std::nullopt) {
    return tl::unexpected(DecodeError{"Invalid message format", std::move(detail), std::move(command)});
}

tl::unexpected<DecodeError> unknown_type(std::string_view spelled, std::optional<CommandId> command) {
    std::string message = "Unknown message type: ";
    message += cut_at_character(spelled, limits::echoed_type_bytes_max);
    return tl::unexpected(DecodeError{std::move(message), {}, std::move(command)});
}

}  // namespace

tl::expected<ClientEnvelope, DecodeError> decode(std::string_view text, int version) {
    thread_local json::Validator validator(limits::message_bytes_max, limits::nesting_max);
    if (auto valid = validator.validate(text); !valid) return invalid(std::move(valid.error().detail));
    if (!json::is_object(text)) return invalid("a message is a JSON object");

    Fields fields(text, version);
    std::optional<CommandId> command;
    std::optional<std::uint64_t> acknowledged;
    if (fields.is_version_2()) {
        if (fields.has(id)) command.emplace(fields.name(id, limits::command_id_bytes_max));
        if (!fields.problem().empty()) return invalid(fields.problem());
        acknowledged = fields.optional_integer(ack);
    }
    const auto spelled = fields.text(type);
    if (!spelled) return invalid("type must be a string", std::move(command));
    const MessageType* known = find_type(*spelled, version);
    if (known == nullptr) return unknown_type(*spelled, std::move(command));
    ClientMessage message = known->read(fields);
    if (!fields.problem().empty()) return invalid(fields.problem(), std::move(command));
    return ClientEnvelope{std::move(message), std::move(command), acknowledged};
}

}  // namespace calldocker::protocol
