#include "simulation/office.hpp"

/// How clients come, go, and are cut off.
namespace calldocker::simulation {

using namespace domain;

namespace {

std::string_view role_name(Role role) { return role == Role::agent ? "agent" : role == Role::supervisor ? "supervisor" : "user"; }

}  // namespace

server::Admission Office::introduce(const Client& client, bool remembers) {
    const std::string token = fmt::format("{}@{}/{}", client.user.view(), company_, role_name(client.role));
    const bool resumes = !client.memory.resume_token.empty();
    if (client.version == 2 && random_.below(2) == 0) {
        std::string first = fmt::format(R"({{"type":"authenticate","token":"{}")", token);
        if (resumes) first += fmt::format(R"(,"resumeToken":"{}")", client.memory.resume_token);
        if (remembers) first += fmt::format(R"(,"seq":{})", client.memory.seen);
        return node_.gateway().admit_by_message(first + "}", node_.now());
    }
    std::string query = "token=" + token;
    if (resumes) query += "&resume=" + client.memory.resume_token;
    if (remembers) query += fmt::format("&seq={}", client.memory.seen);
    return node_.gateway().admit({query, client.version == 2, "simulation"}, node_.now());
}

void Office::come(Client& client) {
    std::unique_ptr<Line> former = std::move(client.line);  // the server may not know yet that it is cut
    const bool resumes = !client.memory.resume_token.empty();
    const bool remembers = resumes && random_.below(8) != 0;  // a reloaded page has the token, and no memory
    if (resumes && !remembers) client.memory.unanswered.clear();
    note(fmt::format("{} comes{}", client.user,
                     remembers ? fmt::format(", having seen {}", client.memory.seen)
                     : resumes ? ", reloaded"
                               : ""));
    const server::Admission admission = introduce(client, remembers);
    if (admission.refused) return blame(fmt::format("{} is refused: {}", client.user, admission.close_reason));
    client.line = std::make_unique<Line>(*this, client);
    Line& line = *client.line;
    line.cut = client.version == 2 && random_.below(10) == 0;  // the answer is lost
    if (line.cut) note("but hears no answer");
    line.handler = &node_.gateway().opened(line, admission.ticket, node_.now());
    // What is left of the former connection ends when the server misses its pings.
    if (former && former->closed_with == 0) former->handler->closed(*former, 1006, node_.now());
    if (former) gone_.push_back(std::move(former));
    if (!client.is_connected() || !client.line->greeted || client.memory.awaits_reset) return;
    client.memory.says_again = false;
    say_again(client);
}

void Office::lose(Client& client, std::uint16_t code) {
    if (!client.line) return;
    std::unique_ptr<Line> line = std::move(client.line);
    line->cut = true;
    note(fmt::format("{} is disconnected, {}", client.user, code));
    line->handler->closed(*line, code, node_.now());
    gone_.push_back(std::move(line));
    if (client.version == 1) forget(client);
}

/// Says goodbye: nothing of its session is of use to it any more.
void Office::leave(Client& client) {
    lose(client, 1000);
    forget(client);
}

void Office::forget(Client& client) {
    client.memory = {};
    client.screen = {};
}

void Office::change_connection() {
    gone_.clear();
    Client& client = *clients_[random_.below(clients_.size())];
    if (!client.is_connected()) return random_.below(3) == 0 ? leave(client) : come(client);
    if (client.version == 1 || random_.below(3) == 0) return leave(client);
    switch (random_.below(4)) {
        case 0: return come(client);  // from another network, while the server has the connection from the first
        case 1:
            note(fmt::format("{} is cut off", client.user));
            client.line->cut = true;
            return;
        case 2: return lose(client, 1001);
        default: return lose(client, 1006);
    }
}

}  // namespace calldocker::simulation
