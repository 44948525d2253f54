#include "app/live_island.hpp"
#include "domain/presence/limits.hpp"

/// What those who are nobody's customers yet may cost (docs/limits.md), asked before anything is decided.
namespace calldocker::app {

using namespace domain;

namespace {

/// A command's events are at least so large; what they have more is charged once they are known.
constexpr std::int64_t log_bytes_of_a_command = 256;

struct RelayedBytes {
    std::size_t operator()(const WebrtcOffer& message) const { return message.offer.size(); }
    std::size_t operator()(const WebrtcAnswer& message) const { return message.answer.size(); }
    std::size_t operator()(const IceCandidate& message) const { return message.candidate.size(); }
    std::size_t operator()(const SendChat& message) const { return message.text.size(); }
    template <class Other>
    std::size_t operator()(const Other&) const {
        return 0;
    }
};

/// @return the contact that a command would begin; null: it begins none
const ContactId* begins(const State& state, const Command& command) {
    const auto if_new = [&](const ContactId& call) { return state.contact(call) == nullptr ? &call : nullptr; };
    if (const auto* open = std::get_if<command::Open>(&command)) return if_new(open->call);
    if (const auto* enter = std::get_if<command::EnterQueue>(&command)) return if_new(enter->call);
    if (const auto* request = std::get_if<command::RequestCallback>(&command)) return if_new(request->call);
    if (const auto* leave = std::get_if<command::LeaveVoicemail>(&command)) {
        // The message that replaces a call costs nothing beyond that call.
        const Contact* waiting = state.contact(leave->call);
        return waiting == nullptr || !waiting->wrap_ups.empty() ? &leave->call : nullptr;
    }
    return nullptr;
}

}  // namespace

Payer LiveIsland::payer(const Identity& identity, AddressKey address) const {
    Payer payer{company_, identity.user, address, standing_of(identity)};
    if (payer.standing != Standing::stranger) return payer;
    const auto is_served = [&](const ContactId& call) { return state_.contact(call)->has_agent(); };
    const auto& contacts = state_.contacts_of(identity.user);
    if (state_.served_by(identity.user) != nullptr || std::any_of(contacts.begin(), contacts.end(), is_served))
        payer.standing = Standing::known;
    return payer;
}

Result<> LiveIsland::afford(const Session& sender, const ClientMessage& message) {
    if (budgets_ == nullptr) return {};
    const std::size_t bytes = std::visit(RelayedBytes{}, message);
    if (bytes == 0) return {};
    return budgets_->ask(payer(sender.identity, sender.address), Budget::relayed_bytes, static_cast<std::int64_t>(bytes), now_);
}

Result<> LiveIsland::afford(const Command& command) {
    // An end frees more than it costs.
    if (budgets_ == nullptr || served_ == nullptr || std::holds_alternative<command::End>(command)) return {};
    const Payer payer = this->payer(served_->identity, served_->address);
    if (begins(state_, command) != nullptr) {
        const Budgets::Held held{live_contacts_of(payer.visitor), opened_from_.of(payer.address), state_.contacts().size()};
        if (auto asked = budgets_->ask(payer, Budget::live_contacts, held); !asked) return asked;
        if (auto asked = budgets_->ask(payer, Budget::contacts, 1, now_); !asked) return asked;
    }
    return budgets_->ask(payer, Budget::log_bytes, log_bytes_of_a_command, now_);
}

std::size_t LiveIsland::live_contacts_of(const UserId& visitor) const {
    const auto& contacts = state_.contacts_of(visitor);
    return static_cast<std::size_t>(std::count_if(contacts.begin(), contacts.end(), [&](const ContactId& call) {
        const Contact* contact = state_.contact(call);
        return contact->visitor == visitor && !contact->is_over();
    }));
}

void LiveIsland::charge_for_log(std::size_t bytes) {
    if (budgets_ == nullptr || served_ == nullptr) return;
    const auto rest = static_cast<std::int64_t>(bytes) - log_bytes_of_a_command;
    if (rest > 0) budgets_->charge(payer(served_->identity, served_->address), Budget::log_bytes, rest, now_);
}

void LiveIsland::charge_for_copies(const Session& sender, std::size_t bytes, std::size_t recipients) {
    if (budgets_ == nullptr || recipients < 2) return;
    budgets_->charge(payer(sender.identity, sender.address), Budget::relayed_bytes, static_cast<std::int64_t>(bytes * (recipients - 1)),
                     now_);
}

void LiveIsland::remember_origin(const Command& command) {
    if (served_ == nullptr || served_->is_staff()) return;
    const ContactId* call = std::visit(
        [](const auto& one) -> const ContactId* {
            if constexpr (requires { one.visitor; }) return &one.call;
            return nullptr;
        },
        command);
    if (call == nullptr) return;
    for (const ContactId& name : {*call, ContactId{call->str() + "-message"}}) {
        const Contact* contact = state_.contact(name);
        if (contact != nullptr && contact->visitor == served_->user()) opened_from_.add(name, served_->address);
    }
}

Result<> LiveIsland::name_direct_call(const Session& sender, const ContactId& call, const RoomId& room, const UserId& asked) {
    if (budgets_ != nullptr && direct_calls_.find(call) == nullptr) {
        const Budgets::Held held{direct_calls_.of(sender.user()), direct_calls_.of(sender.address), direct_calls_.size()};
        if (auto may = budgets_->ask(payer(sender.identity, sender.address), Budget::direct_calls, held); !may) return may;
    }
    return direct_calls_.name(call, sender.user(), room, asked, sender.is_staff() ? no_address : sender.address);
}

}  // namespace calldocker::app
