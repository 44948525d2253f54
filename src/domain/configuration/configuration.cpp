#include "domain/configuration/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "domain/configuration/limits.hpp"

namespace calldocker::domain {
namespace {

tl::unexpected<Error> invalid(std::string detail) { return fail(ErrorCode::invalid, std::move(detail)); }

Result<> validate(const AgentProfile& profile) {
    const auto broken = [&](std::string_view what) { return invalid(fmt::format("agent {}: {}", profile.agent, what)); };
    if (!profile.agent.is_staff() || !is_name(profile.agent.view())) return invalid("an agent needs an id");
    if (!profile.name.empty() && !is_line(profile.name)) return broken("the name is too long or has control characters");
    if (profile.skills.size() > skills_per_agent_max) return broken("has too many skills");
    for (const auto& [skill, level] : profile.skills)
        if (!is_name(skill) || level < 1 || level > 10) return broken("a skill has a name, and a level from 1 to 10");
    for (const auto* list : {&profile.languages, &profile.teams}) {
        if (list->size() > words_per_list_max) return broken("has too many languages or teams");
        for (const std::string& word : *list)
            if (!is_name(word)) return broken("a language or a team has no name");
    }
    return {};
}

Result<> validate(const CompanySettings& company) {
    if (!is_name(company.zone)) return invalid("company: zone is the name of a time zone");
    if (company.reasons.size() > words_per_list_max || company.dispositions.size() > words_per_list_max ||
        company.page_parameters.size() > words_per_list_max)
        return invalid("company: there are too many reasons, dispositions or page_parameters");
    for (const Reason& reason : company.reasons) {
        if (!is_name(reason.reason) || is_system_reason(reason.reason))
            return invalid("company: a reason needs a name that does not begin with SYS_");
        if (!reason.name.empty() && !is_line(reason.name)) return invalid("company: the name of a reason is too long");
        if (reason.minutes_max < 0 || reason.minutes_max > 1440) return invalid("company: minutes_max goes from 0 to 1440");
    }
    for (const std::string& disposition : company.dispositions)
        if (!is_line(disposition)) return invalid("company: a disposition needs a name");
    for (const std::string& parameter : company.page_parameters)
        if (!is_name(parameter)) return invalid("company: each of page_parameters is the name of one");
    return {};
}

template <class Key, class Value, class Made, class Gone>
void compare(const std::map<Key, Value>& from, const std::map<Key, Value>& to, Made made, Gone gone) {
    for (const auto& [key, value] : to) {
        const auto before = from.find(key);
        if (before == from.end() || before->second != value) made(value);
    }
    for (const auto& [key, value] : from)
        if (!to.contains(key)) gone(key);
}

}  // namespace

std::map<QueueId, Queue> Configuration::with_default_queue() {
    Queue queue;
    queue.id = QueueId{default_queue};
    return {{queue.id, queue}};
}

const Queue* Configuration::queue(const QueueId& id) const {
    const auto found = queues.find(id);
    return found == queues.end() ? nullptr : &found->second;
}

const Queue& Configuration::queue_or_default(const QueueId& id) const {
    const Queue* found = queue(id);
    return found != nullptr ? *found : queues.at(QueueId{default_queue});
}

const AgentProfile* Configuration::profile(const UserId& agent) const {
    const auto found = agents.find(agent);
    return found == agents.end() ? nullptr : &found->second;
}

const Reason* Configuration::reason(std::string_view name) const {
    const auto found = std::find_if(company.reasons.begin(), company.reasons.end(), [&](const Reason& one) { return one.reason == name; });
    return found == company.reasons.end() ? nullptr : &*found;
}

void apply(Configuration& configuration, const ConfigurationFact& fact) {
    if (const auto* queue = std::get_if<fact::QueueConfigured>(&fact)) {
        configuration.queues[queue->queue.id] = queue->queue;
    } else if (const auto* removed = std::get_if<fact::QueueRemoved>(&fact)) {
        if (removed->queue.view() != default_queue) configuration.queues.erase(removed->queue);
    } else if (const auto* agent = std::get_if<fact::AgentConfigured>(&fact)) {
        configuration.agents[agent->profile.agent] = agent->profile;
    } else if (const auto* gone = std::get_if<fact::AgentRemoved>(&fact)) {
        configuration.agents.erase(gone->agent);
    } else if (const auto* company = std::get_if<fact::CompanyConfigured>(&fact)) {
        configuration.company = company->settings;
    }
}

Result<> validate(const Configuration& configuration) {
    if (auto valid = validate(configuration.company); !valid) return valid;
    if (!configuration.queues.contains(QueueId{default_queue})) return invalid("the queue \"default\" cannot be left out");
    if (configuration.queues.size() > queues_max) return invalid("there are too many queues");
    for (const auto& [id, queue] : configuration.queues) {
        if (id != queue.id) return invalid(fmt::format("queue {}: it is listed under another id", queue.id));
        if (auto valid = validate(queue); !valid) return valid;
        if (!queue.overflow_to.empty() && !configuration.queues.contains(queue.overflow_to))
            return invalid(fmt::format("queue {}: overflow_to names no queue", id));
    }
    if (configuration.agents.size() > agent_profiles_max) return invalid("there are too many agents");
    for (const auto& [agent, profile] : configuration.agents) {
        if (agent != profile.agent) return invalid(fmt::format("agent {}: is listed under another id", profile.agent));
        if (auto valid = validate(profile); !valid) return valid;
    }
    return {};
}

std::vector<ConfigurationFact> difference(const Configuration& from, const Configuration& to) {
    std::vector<ConfigurationFact> facts;
    if (from.company != to.company) facts.emplace_back(fact::CompanyConfigured{to.company});
    compare(
        from.queues, to.queues, [&](const Queue& queue) { facts.emplace_back(fact::QueueConfigured{queue}); },
        [&](const QueueId& queue) { facts.emplace_back(fact::QueueRemoved{queue}); });
    compare(
        from.agents, to.agents, [&](const AgentProfile& profile) { facts.emplace_back(fact::AgentConfigured{profile}); },
        [&](const UserId& agent) { facts.emplace_back(fact::AgentRemoved{agent}); });
    return facts;
}

}  // namespace calldocker::domain
