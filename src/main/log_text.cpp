#include "main/log_text.hpp"

#include <fmt/format.h>

#include <array>

#include "protocol/json/reader.hpp"
#include "protocol/json/writer.hpp"

namespace calldocker::main {
namespace {

namespace json = protocol::json;

constexpr std::size_t line_bytes_max = std::size_t{16} << 20u, line_nesting_max = 64;

/// A text bare where that is clear, everything else as JSON has it.
std::string plain(std::string_view value) {
    std::string scratch;
    const auto text = json::text_of(value, scratch);
    const bool is_clear = text && !text->empty() && value.find_first_of(" ,=[]{}\\", 0) == std::string_view::npos;
    return std::string(is_clear ? *text : value);
}

/// Members as `name=value`, those of objects within objects as `name.name=value`.
void add_members(std::string& out, const std::string& prefix, std::string_view object) {
    json::Cursor cursor(object);
    while (const auto member = cursor.next()) {
        const std::string name = prefix + std::string(member->name);
        if (json::is_object(member->value)) {
            add_members(out, name + ".", member->value);
            continue;
        }
        out += (out.empty() ? "" : " ") + name + "=";
        if (!json::is_array(member->value)) {
            out += plain(member->value);
            continue;
        }
        std::string list;
        json::Cursor elements(member->value);
        while (const auto element = elements.next()) {
            std::string inner;
            if (json::is_object(element->value)) add_members(inner, "", element->value);
            if (!list.empty()) list += ",";
            list += inner.empty() ? plain(element->value) : "(" + inner + ")";
        }
        out += "[" + list + "]";
    }
}

}  // namespace

std::string export_line(const ports::StoredEvent& event) {
    std::string line;
    json::Writer writer(line);
    writer.begin_object().key("sequence").number(value_of(event.sequence)).key("at").text(to_iso8601(event.at));
    writer.key("type").text(event.type).key("actor").text(event.actor).key("commandId").text(event.command_id);
    writer.key("data").raw(event.data).end_object();
    return line;
}

Result<ports::StoredEvent> import_line(std::string_view line) {
    const auto wrong = fail(ErrorCode::invalid, "this is not a line of `calldocker log export`");
    if (!json::Validator(line_bytes_max, line_nesting_max).validate(line) || !json::is_object(line)) return wrong;
    const auto raw = json::pick(line, std::array<std::string_view, 6>{"sequence", "at", "type", "actor", "commandId", "data"});
    std::string scratch;
    const auto text = [&](std::string_view value) { return std::string(json::text_of(value, scratch).value_or("")); };
    const auto sequence = json::integer_of(raw[0]);
    const auto at = from_iso8601(text(raw[1]));
    ports::StoredEvent event{{}, {}, text(raw[2]), text(raw[3]), text(raw[4]), std::string(raw[5])};
    if (!sequence || !at || event.type.empty() || !json::is_object(event.data)) return wrong;
    event.sequence = Sequence{*sequence};
    event.at = *at;
    return event;
}

std::string line_of(const ports::StoredEvent& event) {
    std::string members;
    add_members(members, "", event.data);
    return fmt::format("{}  {}  {}  {}  {}", value_of(event.sequence), to_iso8601(event.at), event.type, event.actor, members);
}

std::string call_of(const ports::StoredEvent& event) {
    std::string scratch;
    const auto raw = json::pick(event.data, std::array<std::string_view, 1>{"call"});
    return std::string(json::text_of(raw[0], scratch).value_or(""));
}

}  // namespace calldocker::main
