#pragma once
#include <string_view>

#include "domain/messages/client_message.hpp"
#include "protocol/signalling/fields.hpp"

namespace calldocker::protocol {

struct MessageType {
    std::string_view name;
    /// What it returns means nothing when the fields have a problem afterwards.
    domain::ClientMessage (*read)(Fields&);
};

/// @return null if a client of this version has no such message
[[nodiscard]] const MessageType* find_message_type(std::string_view name, int version);

}  // namespace calldocker::protocol
