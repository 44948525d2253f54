#include "domain/permissions/permission.hpp"

#include <fmt/format.h>

#include <iterator>

#include "domain/permissions/supervision.hpp"
#include "domain/permissions/table.hpp"

namespace calldocker::domain {
namespace {

std::string_view words_for(const Permission& permission, Role rank) {
    if (!permission.of(rank).empty()) return permission.words.empty() ? "this is not allowed" : permission.words;
    if (rank == Role::customer) return "only staff may do this";
    return permission.customer.empty() ? "only supervisors may do this" : "only visitors may do this";
}

struct Group {
    std::string_view name, meaning;
    Relations relations;
};
constexpr std::array groups{
    Group{"any call",
          "whatever the relation to the call is; the server looks the receivers up, and customers reach staff alone, in calls of their own",
          permissions::any_call},
    Group{"any contact", "whatever the relation to the contact is; the contact's state decides", permissions::any_contact},
    Group{"staff in it", "agent, consulted, conference, supervising", permissions::staff_in_it},
    Group{"nothing live", "unknown, ended: the answer is `not_found` or `gone`", permissions::nothing_live},
};

constexpr std::array<std::string_view, relation_count> meanings{
    "the message is about its sender, or about nothing that is anybody's",
    "likewise, and the sender is staff who are available or in a live contact",
    "it names nothing that is live: it never was, has ended, or is another company's",
    "the visitor of a contact that has ended",
    "the contact is over, and lives on while somebody wraps up",
    "the visitor of the contact, until it is over",
    "the agent who has the contact",
    "an agent who wraps it up",
    "an agent who had it or wrapped it up lately, and does so no longer",
    "an agent that the contact rings",
    "a colleague that a consultation rings",
    "a colleague who has joined to advise",
    "a colleague who has joined the call",
    "a supervisor who listens in, whispers or barges",
    "a supervisor who looks after the agent that is named or has the contact; of a contact that nobody has, after anybody at all",
    "one of the two of a call between users that is no contact",
    "a call that nobody has answered rings where the sender is",
    "a room that everybody may enter",
    "`agent-room`",
    "a room that the sender is not in: the message does nothing",
    "none of the others",
};

std::string cell(Relations relations) {
    std::string text;
    const auto add = [&](std::string_view name) { fmt::format_to(std::back_inserter(text), "{}{}", text.empty() ? "" : ", ", name); };
    std::array<bool, relation_count> named{};
    for (const Group& group : groups) {
        if ((relations & group.relations) != group.relations) continue;
        bool is_news = false;
        for (std::size_t i = 0; i < relation_count; ++i) {
            if (!group.relations.has(static_cast<Relation>(i)) || named[i]) continue;
            named[i] = is_news = true;
        }
        if (is_news) add(fmt::format("*{}*", group.name));
    }
    for (std::size_t i = 0; i < relation_count; ++i)
        if (const auto relation = static_cast<Relation>(i); relations.has(relation) && !named[i]) add(name_of(relation));
    return text.empty() ? "no" : text;
}

}  // namespace

const Permission& permission_for(const ClientMessage& message) { return permissions::table[message.index()]; }

Result<> permits(const Permission& permission, Role rank, Relations relations, Validity validity) {
    Relations wanted = permission.of(rank);
    if (validity == Validity::expired) wanted = wanted & permission.after_expiry;
    if (!(wanted & relations).empty()) return {};
    const bool hides = permission.refusal != ErrorCode::forbidden && !permission.of(rank).empty();
    return fail(hides ? permission.refusal : ErrorCode::forbidden, std::string(words_for(permission, rank)));
}

Result<> permits(const Surroundings& around, const Session& session, const ClientMessage& message, Validity validity) {
    return permits(permission_for(message), rank_of(session.identity), relations_of(around, session, message), validity);
}

bool may_configure(const Identity& who) { return rank_of(who) == Role::admin; }

std::string permissions_markdown() {
    std::string page =
        "# Permissions\n\n"
        "This page is printed by `calldocker config reference --format permissions`; change `src/domain/permissions/table.hpp` instead.\n\n"
        "Before anything else the server looks up every message of a client here: the message, the sender's role, and how the sender\n"
        "relates to the object of the message. One of the relations in the cell is enough. The server refuses any other message with\n"
        "`forbidden`, or with `not_found` if the last column says so. Separate rules decide what the present state of a contact allows\n"
        "(`gone`, `conflict`, `reservation_lost`).\n\n"
        "*After expiry* means a connection whose token is past its grace, or that came with a resume token and an expired token. A live\n"
        "contact keeps it open, and it may send only the messages that both its role and this column allow.\n\n"
        "A supervisor looks after the agents of the same teams. If the company has set up no teams at all, every supervisor looks after\n"
        "everybody; if it has, one without a team looks after nobody. Admins look after everybody. Staff with an anonymous token have an "
        "agent's\n"
        "rights, whatever role it names. Only admins read and set the configuration (`/api/v1/configuration`).\n\n"
        "| relation | the sender is, or it is about |\n|---|---|\n";
    const auto out = std::back_inserter(page);
    for (std::size_t i = 0; i < relation_count; ++i) fmt::format_to(out, "| {} | {} |\n", name_of(static_cast<Relation>(i)), meanings[i]);
    for (const Group& group : groups) fmt::format_to(out, "| *{}* | {} |\n", group.name, group.meaning);
    page += "\n| message | customer | agent | supervisor | admin | after expiry | refused with |\n|---|---|---|---|---|---|---|\n";
    for (const Permission& row : permissions::table) {
        fmt::format_to(out, "| `{}` | {} | {} | {} | {} | {} | `{}` |\n", row.name, cell(row.customer), cell(row.agent),
                       cell(row.supervisor), cell(row.admin), cell(row.after_expiry), name_of(row.refusal));
    }
    return page;
}

}  // namespace calldocker::domain
