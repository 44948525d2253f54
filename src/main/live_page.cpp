#include "main/live_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "domain/messages/names.hpp"

namespace calldocker::main {
namespace {

using namespace domain;
using Row = std::vector<std::string>;

/// Counts characters, as a terminal's columns do except for wide ones.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

/// Columns as wide as their widest cell; the last one is not padded. With the head alone it says that there is nothing.
std::string table(const std::vector<Row>& rows) {
    if (rows.size() == 1) return fmt::format("{}: none\n", rows.front().front());
    std::vector<std::size_t> widths(rows.front().size());
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    std::string out;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] - width_of(row[i]) + 2, ' ');
        }
        out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return out;
}

std::string waiting_of(const State& state, Instant now) {
    std::vector<Row> rows{{"QUEUE", "PLACE", "CONTACT", "VISITOR", "STATE", "WAITED"}};
    for (const auto& [queue, line] : state.lines()) {
        int place = 0;
        for (const Turn& turn : line) {
            const Contact& contact = *turn.contact;
            rows.push_back({queue.str(), std::to_string(++place), contact.call.str(), contact.visitor.str(),
                            std::string(name_of(contact.state)), in_clock(now - contact.enqueued_at)});
        }
    }
    return table(rows);
}

std::string agents_of(const State& state, Instant now) {
    std::vector<Row> rows{{"AGENT", "NAME", "LABEL", "SINCE", "WORK"}};
    for (const auto& [user, agent] : state.agents()) {
        std::string label(name_of(agent.label));
        if (agent.label == AgentLabel::not_ready && !agent.reason.empty()) label += " " + agent.reason;
        std::vector<std::string> work;
        for (const ContactId& call : state.offers_to(user)) work.push_back("rung by " + call.str());
        for (const ContactId& call : state.contacts_of(user)) work.push_back(call.str());
        rows.push_back(
            {user.str(), agent.name, std::move(label), in_clock(now - agent.label_since), fmt::format("{}", fmt::join(work, ", "))});
    }
    return table(rows);
}

std::string contacts_of(const State& state, Instant now) {
    std::vector<Row> rows{{"CONTACT", "STATE", "FOR", "QUEUE", "VISITOR", "AGENT"}};
    for (const auto& [call, contact] : state.contacts())
        rows.push_back({call.str(), std::string(name_of(contact.state)), in_clock(now - contact.state_since), contact.entry.queue.str(),
                        contact.visitor.str(), contact.agent.str()});
    return table(rows);
}

}  // namespace

std::string in_clock(Milliseconds duration) {
    const auto seconds = std::max<std::int64_t>(0, duration / 1s);
    if (seconds < 3'600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string live_page(const CompanyId& company, const State& state, Instant now) {
    return fmt::format("company {} at event {}, {}\n\n{}\n{}\n{}", company, value_of(state.sequence()), to_iso8601(now),
                       waiting_of(state, now), agents_of(state, now), contacts_of(state, now));
}

}  // namespace calldocker::main
