#include "server/gateway/answers.hpp"

#include "server/gateway/limits.hpp"

namespace calldocker::server {

std::size_t Answers::find(const CommandId& id) const {
    for (std::size_t back = 1; back <= entries_.size(); ++back) {
        const std::size_t index = (oldest_ + entries_.size() - back) % entries_.size();
        if (entries_[index].id == id) return index;
    }
    return entries_.size();
}

Answers::Seen Answers::look_up(const CommandId& id) const {
    const std::size_t index = find(id);
    if (index == entries_.size()) return Seen::never;
    return entries_[index].body.empty() ? Seen::pending : Seen::answered;
}

void Answers::begin(const CommandId& id) {
    if (entries_.size() < limits::answers_max) {
        entries_.push_back({id, {}});
        return;
    }
    entries_[oldest_] = {id, {}};
    oldest_ = (oldest_ + 1) % entries_.size();
}

void Answers::settle(const CommandId& id, std::string body) {
    if (const std::size_t index = find(id); index < entries_.size()) entries_[index].body = std::move(body);
}

const std::string& Answers::answer(const CommandId& id) const {
    static const std::string none;
    const std::size_t index = find(id);
    return index < entries_.size() ? entries_[index].body : none;
}

void Answers::forget_pending() {
    std::vector<Entry> kept;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry& entry = entries_[(oldest_ + i) % entries_.size()];
        if (!entry.body.empty()) kept.push_back(std::move(entry));
    }
    entries_ = std::move(kept);
    oldest_ = 0;
}

}  // namespace calldocker::server
