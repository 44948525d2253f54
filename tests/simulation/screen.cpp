#include "simulation/screen.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace calldocker::simulation {

namespace json = boost::json;

namespace {

const json::value* value_in(const json::object& object, std::string_view name) {
    return object.if_contains(json::string_view(name.data(), name.size()));
}

std::set<std::string> texts_in(const json::object& object, std::string_view name) {
    std::set<std::string> texts;
    const auto* found = value_in(object, name);
    if (found != nullptr && found->is_array())
        for (const json::value& text : found->get_array()) texts.emplace(text.as_string().c_str());
    return texts;
}

Shown shown(const json::object& contact) {
    const auto lost = texts_in(contact, "lost");
    const auto* agent = object_in(contact, "agent");
    const auto* owner = value_in(contact, "mediaOwner");
    const std::string role = text_in(contact, "you");
    const bool takes_part = role != "offered";  // whom it rings is told when it stops, and nothing else
    return {text_in(contact, "state"),
            agent == nullptr ? std::string{} : text_in(*agent, "userId"),
            role,
            takes_part && lost.contains("visitor"),
            takes_part && lost.contains("agent"),
            owner != nullptr && owner->is_bool() && owner->get_bool()};
}

void show_contact(Screen& screen, const json::object& contact) {
    const ContactId call{text_in(contact, "callId")};
    Shown now = shown(contact);
    if (now.state == "closed") {
        screen.contacts.erase(call);
    } else {
        screen.contacts[call] = std::move(now);
    }
}

}  // namespace

std::string text_in(const json::object& object, std::string_view name) {
    const auto* found = value_in(object, name);
    const auto* text = found == nullptr ? nullptr : found->if_string();
    return text == nullptr ? std::string{} : std::string(text->data(), text->size());
}

std::optional<std::uint64_t> number_in(const json::object& object, std::string_view name) {
    const auto* found = value_in(object, name);
    if (found == nullptr || !found->is_int64()) return std::nullopt;
    return static_cast<std::uint64_t>(found->get_int64());
}

const json::object* object_in(const json::object& object, std::string_view name) {
    const auto* found = value_in(object, name);
    return found == nullptr ? nullptr : found->if_object();
}

std::vector<const json::object*> objects_in(const json::object& object, std::string_view name) {
    std::vector<const json::object*> objects;
    const auto* found = value_in(object, name);
    if (found != nullptr && found->is_array())
        for (const json::value& one : found->get_array()) objects.push_back(&one.as_object());
    return objects;
}

std::string in_words(const Screen& screen) {
    std::string words = screen.label;
    for (const auto& [call, contact] : screen.contacts)
        words += fmt::format(" {}: {} with {} as {}{}{}{};", call, contact.state, contact.agent, contact.role,
                             contact.visitor_lost ? ", without the visitor" : "", contact.agent_lost ? ", without the agent" : "",
                             contact.owns_media ? ", with the media" : "");
    for (const auto& [room, users] : screen.rooms) words += fmt::format(" {}: {};", room, fmt::join(users, " "));
    return words;
}

void show(Screen& screen, std::string_view type, const json::object& said) {
    if (type == "session_reset") {
        screen.contacts.clear();
        screen.rooms.clear();
        screen.label.clear();
        const json::object* snapshot = object_in(said, "snapshot");
        for (const json::object* contact : objects_in(*snapshot, "contacts")) show_contact(screen, *contact);
        for (const json::object* room : objects_in(*snapshot, "rooms")) screen.rooms[text_in(*room, "roomId")] = texts_in(*room, "users");
        if (const auto* agent = object_in(*snapshot, "agent")) screen.label = text_in(*agent, "label");
    } else if (type == "contact_state" || type == "contact_offered") {
        show_contact(screen, *object_in(said, "contact"));
    } else if (type == "contact_revoked") {
        screen.contacts.erase(ContactId{text_in(said, "callId")});
    } else if (type == "agent_state") {
        screen.label = text_in(*object_in(said, "agent"), "label");
    } else if (type == "room_joined") {
        screen.rooms[text_in(said, "roomId")] = texts_in(said, "users");
    } else if (type == "user_joined") {
        screen.rooms[text_in(said, "roomId")].insert(text_in(said, "userId"));
    } else if (type == "user_left") {
        screen.rooms[text_in(said, "roomId")].erase(text_in(said, "userId"));
    }
}

}  // namespace calldocker::simulation
