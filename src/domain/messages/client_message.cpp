#include "domain/messages/client_message.hpp"

namespace calldocker::domain {
namespace {

const ContactId* address_of(const ContactId& call) { return &call; }
const ContactId* address_of(const std::optional<ContactId>& call) { return call ? &*call : nullptr; }

}  // namespace

const ContactId* call_named_by(const ClientMessage& message) {
    return std::visit(
        [](const auto& one) -> const ContactId* {
            if constexpr (requires { one.call; }) return address_of(one.call);
            return nullptr;
        },
        message);
}

}  // namespace calldocker::domain
