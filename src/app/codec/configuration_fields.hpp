#pragma once
#include "app/codec/fields.hpp"

/// The settings of a company. The same lists define the JSON of docs/configuration.md.
namespace calldocker::app::codec {

template <class Io, Is<domain::OpenInterval> Self>
void fields(Io& io, Self& s) {
    io("from_minute", s.from_minute);
    io("to_minute", s.to_minute);
}
template <class Io, Is<domain::WeeklyInterval> Self>
void fields(Io& io, Self& s) {
    io("weekday", s.weekday);
    io("open", s.open);
}
template <class Io, Is<domain::Holiday> Self>
void fields(Io& io, Self& s) {
    io("date", s.date);
    io("name", s.name);
    io("intervals", s.intervals);
}
template <class Io, Is<domain::Hours> Self>
void fields(Io& io, Self& s) {
    io("zone", s.zone);
    io("weekly", s.weekly);
    io("holidays", s.holidays);
}
template <class Io, Is<domain::Relaxation> Self>
void fields(Io& io, Self& s) {
    io("after_seconds", s.after_seconds);
    io("level", s.level);
}
template <class Io, Is<domain::Requirement> Self>
void fields(Io& io, Self& s) {
    io("skill", s.skill);
    io("level", s.level);
    io("weight", s.weight);
    io.always("mandatory", s.mandatory);
    io("relaxations", s.relaxations);
}
template <class Io, Is<domain::Member> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("tier", s.tier);
    io("delay_seconds", s.delay_seconds);
}
template <class Io, Is<domain::Queue> Self>
void fields(Io& io, Self& s) {
    io("id", s.id);
    io("name", s.name);
    io("metric", s.metric);
    io("ring_seconds", s.ring_seconds);
    io("emergency_class", s.emergency_class);
    io("priority_seconds", s.priority_seconds);
    io("sticky_seconds", s.sticky_seconds);
    io("target_seconds", s.target_seconds);
    io("max_wait_seconds", s.max_wait_seconds);
    io("max_length", s.max_length);
    io("overflow_to", s.overflow_to);
    io.always("callback", s.callback);
    io.always("voicemail", s.voicemail);
    io("callback_attempts_max", s.callback_attempts_max);
    io("callback_ring_seconds", s.callback_ring_seconds);
    io("callback_retry_seconds", s.callback_retry_seconds);
    io("wrap_up_seconds", s.wrap_up_seconds);
    io("wrap_up_extension_seconds", s.wrap_up_extension_seconds);
    io("wrap_up_extensions_max", s.wrap_up_extensions_max);
    io("misses_max", s.misses_max);
    io("declines_max", s.declines_max);
    io("match_language", s.match_language);
    io("requirements", s.requirements);
    io.always("everyone", s.everyone);
    io("members", s.members);
    io("hours", s.hours);
}
template <class Io, Is<domain::AgentProfile> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("name", s.name);
    io("skills", s.skills);
    io("languages", s.languages);
    io("teams", s.teams);
}
template <class Io, Is<domain::Reason> Self>
void fields(Io& io, Self& s) {
    io("reason", s.reason);
    io("name", s.name);
    io.always("paid", s.paid);
    io("productive", s.productive);
    io("minutes_max", s.minutes_max);
}
template <class Io, Is<domain::CompanySettings> Self>
void fields(Io& io, Self& s) {
    io("zone", s.zone);
    io.always("reasons", s.reasons);
    io("dispositions", s.dispositions);
    io("page_parameters", s.page_parameters);
}
template <class Io, Is<fact::QueueConfigured> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::QueueRemoved> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::AgentConfigured> Self>
void fields(Io& io, Self& s) {
    io("profile", s.profile);
}
template <class Io, Is<fact::AgentRemoved> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
}
template <class Io, Is<fact::CompanyConfigured> Self>
void fields(Io& io, Self& s) {
    io("settings", s.settings);
}
template <class Io, Is<fact::QueueOpened> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::QueueClosed> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::DayBegan> Self>
void fields(Io&, Self&) {}
/// The settings of a company, as one document.
struct ConfigurationText {
    domain::CompanySettings company;
    std::vector<domain::Queue> queues;
    std::vector<domain::AgentProfile> agents;
};
template <class Io, Is<ConfigurationText> Self>
void fields(Io& io, Self& s) {
    io("company", s.company);
    io("queues", s.queues);
    io("agents", s.agents);
}

}  // namespace calldocker::app::codec
