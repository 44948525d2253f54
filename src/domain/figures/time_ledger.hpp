#pragma once
#include <algorithm>
#include <vector>

#include "base/instant.hpp"

namespace calldocker::domain {

/// How long each of several labels was worn, one at a time. The times of all labels add up to the whole, to the millisecond.
/// A moment before the last change counts as the last change.
template <class Label>
struct TimeLedger {
    struct Spent {
        Label label{};
        Milliseconds time{};
        friend bool operator==(const Spent&, const Spent&) = default;
    };
    Instant began{};
    Label label{};
    Instant since{};
    std::vector<Spent> spent;  ///< before `since`; ascending by label
    friend bool operator==(const TimeLedger&, const TimeLedger&) = default;
};

/// A ledger that begins at `at` with this label.
template <class Label>
[[nodiscard]] TimeLedger<Label> ledger_from(Instant at, Label label) {
    return {.began = at, .label = label, .since = at, .spent = {}};
}

template <class Label>
void change_label(TimeLedger<Label>& ledger, Label label, Instant at) {
    const Instant now = std::max(at, ledger.since);
    auto place = std::ranges::lower_bound(ledger.spent, ledger.label, {}, &TimeLedger<Label>::Spent::label);
    if (place == ledger.spent.end() || place->label != ledger.label) place = ledger.spent.insert(place, {.label = ledger.label});
    place->time += now - ledger.since;
    ledger.label = label;
    ledger.since = now;
}

/// How long `label` has been worn until `now`.
template <class Label>
[[nodiscard]] Milliseconds time_as(const TimeLedger<Label>& ledger, Label label, Instant now) {
    const auto place = std::ranges::lower_bound(ledger.spent, label, {}, &TimeLedger<Label>::Spent::label);
    const bool worn_before = place != ledger.spent.end() && place->label == label;
    const Milliseconds before = worn_before ? place->time : Milliseconds{};
    return ledger.label == label ? before + (std::max(now, ledger.since) - ledger.since) : before;
}

template <class Label>
[[nodiscard]] Milliseconds whole_time(const TimeLedger<Label>& ledger, Instant now) {
    return std::max(now, ledger.since) - ledger.began;
}

}  // namespace calldocker::domain
