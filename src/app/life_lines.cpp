#include "app/life_lines.hpp"

#include "base/log.hpp"
#include "base/one_of.hpp"
#include "domain/messages/names.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

class Lines {
public:
    Lines(const CompanyId& company, const Contact& contact, const Event& event) : company_(company), contact_(contact), event_(event) {}

    void operator()(const fact::ContactEnqueued& entered) const { queued(entered.entry.queue, entered.cause); }
    void operator()(const fact::ContactTransferred& transferred) const { queued(transferred.entry.queue, "transferred"); }
    void operator()(const fact::ContactRequeued& requeued) const { queued(contact_.entry.queue, requeued.cause); }
    void operator()(const fact::ContactConnected&) const {
        log::info("contact.answered", {{"company", company_},
                                       {"contact", contact_.call},
                                       {"number", contact_.number},
                                       {"trace", contact_.trace},
                                       {"agent", contact_.agent},
                                       {"waited_ms", (event_.at - contact_.enqueued_at).count()}});
    }
    void operator()(const fact::ContactEnded& ended) const {
        const Milliseconds talked = contact_.first_connected_at ? event_.at - *contact_.first_connected_at : Milliseconds{0};
        log::info("contact.ended", {{"company", company_},
                                    {"contact", contact_.call},
                                    {"number", contact_.number},
                                    {"trace", contact_.trace},
                                    {"reason", name_of(ended.reason)},
                                    {"by", name_of(ended.by)},
                                    {"lasted_ms", (event_.at - contact_.created_at).count()},
                                    {"since_answer_ms", talked.count()}});
    }
    /// What is no station of a contact's life; the first of them has a line of its own.
    template <OneOf<fact::ContactCreated, fact::ContactOffered, fact::ContactRevoked, fact::ContactDeclined, fact::ContactMissed,
                    fact::ContactAccepted, fact::WrapUpEnded, fact::ContactHeld, fact::ContactResumed, fact::ChatSaid, fact::ConsultStarted,
                    fact::ConsultJoined, fact::ConsultEnded, fact::ConferenceStarted, fact::ContactHandedOver, fact::SupervisorJoined,
                    fact::SupervisorLeft, fact::CallbackRequested, fact::CallbackFailed>
                  Unsaid>
    void operator()(const Unsaid&) const {}
    template <QuietFact Quiet>
    void operator()(const Quiet&) const {}

private:
    void queued(const QueueId& queue, std::string_view cause) const {
        log::info("contact.queued", {{"company", company_},
                                     {"contact", contact_.call},
                                     {"number", contact_.number},
                                     {"trace", contact_.trace},
                                     {"queue", queue},
                                     {"cause", cause}});
    }

    const CompanyId& company_;
    const Contact& contact_;
    const Event& event_;
};

void log_created(const CompanyId& company, const fact::ContactCreated& created, const Event& event) {
    log::info("contact.created", {{"company", company},
                                  {"contact", created.call},
                                  {"number", event.sequence},
                                  {"trace", created.trace},
                                  {"channel", name_of(created.details.channel.value_or(Channel::voice))},
                                  {"queue", created.entry.queue}});
    if (created.prequeue) return;
    log::info("contact.queued", {{"company", company},
                                 {"contact", created.call},
                                 {"number", event.sequence},
                                 {"trace", created.trace},
                                 {"queue", created.entry.queue},
                                 {"cause", "created"}});
}

}  // namespace

void log_life(const CompanyId& company, const State& before, const Event& event) {
    const auto* fact = std::get_if<ContactFact>(&event.fact);
    if (fact == nullptr || !log::enabled(log::Level::info)) return;
    if (const auto* created = std::get_if<fact::ContactCreated>(fact)) {
        log_created(company, *created, event);
    } else if (const Contact* contact = before.contact(call_of(*fact))) {
        std::visit(Lines{company, *contact, event}, *fact);
    }
}

}  // namespace calldocker::app
