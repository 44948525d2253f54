#include "simulation/office.hpp"

/// How clients speak: what is lost on the way, and what is said again.
namespace calldocker::simulation {

using namespace domain;

void Office::act() {
    gone_.clear();
    act(somebody());
}

void Office::act(Client& client) {
    if (!client.is_connected()) return come(client);
    if (std::exchange(client.memory.says_again, false)) say_again(client);
    if (client.is_connected()) say(client, words_of(client));
}

void Office::say(Client& client, std::string words) {
    Line& line = *client.line;
    if (client.version == 1) {
        note(fmt::format("{} says {}", client.user, words));
        return line.handler->received(line, fmt::format("{{{}}}", words), node_.now());
    }
    const std::string id = std::to_string(++client.commands);
    client.memory.unanswered.emplace_back(id, words);
    const auto fate = random_.below(20);
    if (fate == 1) {
        note(fmt::format("{} loses its connection with what it said", client.user));
        line.cut = true;
    }
    if (fate != 0) pass_on(client, id, words);
    if (fate == 0) {
        note(fmt::format("{} loses its connection and what it said", client.user));
        line.cut = true;
    }
    // The server may hear of it at once, or when it misses its pings.
    if (fate <= 1 && client.line && random_.below(2) == 0) lose(client, 1006);
}

void Office::pass_on(Client& client, const std::string& id, const std::string& words) {
    if (!client.line) return;
    Line& line = *client.line;
    note(fmt::format("{} says #{} {}", client.user, id, words));
    const auto* live = island();
    const bool is_repeat = live != nullptr && !client.memory.session.empty() &&
                           live->state().has_had_effect(command_key(client.memory.session, CommandId{id}));
    const Sequence before = is_repeat ? live->state().sequence() : Sequence{};
    // A word under a new resume token voids those before, which is a fact of each contact that names the session, once it can be written.
    const std::size_t voiding = is_repeat ? live->state().contacts_of(client.user).size() : 0;
    const std::string ack = random_.below(4) == 0 ? fmt::format(R"(,"ack":{})", client.memory.seen) : std::string{};
    line.handler->received(line, fmt::format(R"({{{},"id":"{}"{}}})", words, id, ack), node_.now());
    if (!is_repeat) return;
    ++tally.repeats;
    if (!has_just_failed() && value_of(live->state().sequence()) > value_of(before) + voiding)
        blame(fmt::format("the repeated command {} {} had an effect", client.memory.session, id));
}

void Office::say_again(Client& client) {
    const auto unanswered = client.memory.unanswered;
    for (const auto& [id, words] : unanswered) {
        if (!client.is_connected()) return;
        // A repetition may bring the answers of those behind it.
        const bool is_open = std::any_of(client.memory.unanswered.begin(), client.memory.unanswered.end(),
                                         [&, &wanted = id](const auto& one) { return one.first == wanted; });
        if (is_open) pass_on(client, id, words);
    }
}

}  // namespace calldocker::simulation
