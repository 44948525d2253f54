#include "server/gateway/session.hpp"

#include <algorithm>

#include "protocol/signalling/encode.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {

Session::Session(app::SessionKey key, SessionId id, domain::Identity identity, int version)
    : key_(key), id_(std::move(id)), identity_(std::move(identity)), resumable_(version == 2 ? std::make_unique<Resumable>() : nullptr) {}

bool Session::has_room(std::size_t bytes) const {
    return (link_ == nullptr || link_->keeps_up(bytes)) && held_bytes_ + bytes <= limits::held_bytes_max / 2;
}

bool Session::say(Outgoing outgoing, Sequence durable) {
    if (held_.empty() && outgoing.after <= durable) {
        send(std::move(outgoing));
        return true;
    }
    held_bytes_ += outgoing.body.size();
    held_.push_back(std::move(outgoing));
    return held_bytes_ <= limits::held_bytes_max;
}

void Session::release(Sequence durable) {
    std::size_t count = 0;
    while (count < held_.size() && held_[count].after <= durable) {
        held_bytes_ -= held_[count].body.size();
        send(std::move(held_[count++]));
    }
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
    if (held_.empty()) held_.shrink_to_fit();
}

bool Session::drop_untrue(Sequence durable) {
    const auto untrue = [durable](const Outgoing& held) { return held.after > durable; };
    const bool confirmation_dropped =
        std::any_of(held_.begin(), held_.end(), [&](const Outgoing& held) { return untrue(held) && held.confirms; });
    std::erase_if(held_, untrue);
    return confirmation_dropped;
}

void Session::go_on_after_drop(Sequence durable) {
    release(durable);
    held_bytes_ = 0;
    if (resumable_) resumable_->answers.forget_pending();
}

Instant Session::issue_resume_token(Instant now) {
    Resumable& own = *resumable_;
    own.had_one_before = own.issued_at != Instant{};
    own.issued_at = std::max(now, own.issued_at + Milliseconds{1});
    own.is_confirmed = false;
    return own.issued_at;
}

void Session::continue_from(Instant resume_token_issued_at) {
    resumable_->issued_at = resumable_->resumes_from = resumable_->continued_from = resume_token_issued_at;
}

void Session::confirm_resume_token() {
    Resumable& own = *resumable_;
    if (own.is_confirmed) return;
    own.is_confirmed = true;
    own.resumes_from = own.issued_at;
    own.owes_voiding = own.owes_voiding || own.had_one_before;
}

void Session::replay_after(std::uint64_t seq) {
    if (link_ == nullptr) return;
    resumable_->window.acknowledge(seq);
    resumable_->window.replay_after(seq, [this](const std::string& message) { link_->send(message); });
}

void Session::forget_owed() {
    held_.clear();
    held_bytes_ = 0;
    resumable_->answers.forget_pending();
    resumable_->window.clear();
}

void Session::send(Outgoing&& outgoing) {
    if (!resumable_) {
        if (link_ != nullptr) link_->send(outgoing.body);
        return;
    }
    if (outgoing.answers) resumable_->answers.settle(*outgoing.answers, outgoing.body);
    protocol::append_seq(outgoing.body, resumable_->window.next_seq());
    if (link_ != nullptr) link_->send(outgoing.body);
    resumable_->window.push(std::move(outgoing.body));
}

}  // namespace calldocker::server
