#include "app/codec/codec.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <unordered_map>

#include "app/codec/json_reader.hpp"
#include "app/codec/json_shape.hpp"
#include "app/codec/json_writer.hpp"

namespace calldocker::app::codec {

using namespace domain;

namespace {

namespace json = boost::json;

/// Parses one text after another in the same piece of memory.
class Parser {
public:
    /// @return null unless the text is a JSON object; valid until the next call
    const json::object* parse(std::string_view text) {
        value_.reset();  // before the memory that it is in
        memory_.emplace(buffer_.data(), buffer_.size());
        json::error_code error;
        value_.emplace(json::parse(json::string_view(text.data(), text.size()), error, &*memory_));
        return error ? nullptr : value_->if_object();
    }

private:
    std::array<unsigned char, 16384> buffer_{};
    std::optional<json::monotonic_resource> memory_;
    std::optional<json::value> value_;
};

template <class Kind, class T>
Result<Fact> read_fact(const json::object& object) {
    T content;
    if (std::string misfit = JsonReader::read(object, content); !misfit.empty()) return fail(ErrorCode::invalid, std::move(misfit));
    return Fact{Kind{std::move(content)}};
}

/// Before the members are looked at: those of a later format are for that version to explain.
Result<> check_format(const json::object& object) {
    const auto* found = object.if_contains("format");
    if (found == nullptr) return {};
    const auto* number = found->if_int64();
    if (number != nullptr && *number >= 1 && *number <= format) return {};
    return fail(
        ErrorCode::invalid,
        fmt::format("it is written in a format that this version does not know; it knows those up to {}. Use a newer calldocker", format));
}

using ReadFact = Result<Fact> (*)(const json::object&);
using Readers = std::unordered_map<std::string_view, ReadFact>;

template <class Kind, std::size_t... I>
void add_readers(Readers& readers, std::index_sequence<I...>) {
    (readers.emplace(type_name<std::variant_alternative_t<I, Kind>>, &read_fact<Kind, std::variant_alternative_t<I, Kind>>), ...);
}

const Readers& readers() {
    static const Readers all = [] {
        Readers made;
        add_readers<ContactFact>(made, std::make_index_sequence<std::variant_size_v<ContactFact>>{});
        add_readers<AgentFact>(made, std::make_index_sequence<std::variant_size_v<AgentFact>>{});
        add_readers<ConfigurationFact>(made, std::make_index_sequence<std::variant_size_v<ConfigurationFact>>{});
        return made;
    }();
    return all;
}

Result<Event> read_event(const ports::StoredEvent& stored, Parser& parser) {
    const auto wrong = [&](std::string_view why) {
        return fail(ErrorCode::invalid, fmt::format("event {} ({}): {}", value_of(stored.sequence), stored.type, why));
    };
    const auto reader = readers().find(stored.type);
    if (reader == readers().end()) return wrong("unknown type; this version knows no such event");
    const json::object* object = parser.parse(stored.data);
    if (object == nullptr) return wrong("its data is no JSON object");
    if (const auto known = check_format(*object); !known) return wrong(known.error().detail);
    auto fact = reader->second(*object);
    if (!fact) return wrong(fact.error().detail);
    return Event{stored.sequence, stored.at, UserId{stored.actor}, stored.command_id, std::move(*fact)};
}

std::vector<std::string> list_of(const Remembered& names) { return {names.in_order().begin(), names.in_order().end()}; }

ConfigurationText text_of(const Configuration& configuration) {
    ConfigurationText text;
    text.company = configuration.company;
    for (const auto& [id, queue] : configuration.queues) text.queues.push_back(queue);
    for (const auto& [agent, profile] : configuration.agents) text.agents.push_back(profile);
    return text;
}

Configuration configuration_of(ConfigurationText text) {
    Configuration configuration;
    configuration.company = std::move(text.company);
    for (Queue& queue : text.queues) {
        std::sort(queue.members.begin(), queue.members.end(), [](const Member& a, const Member& b) { return a.agent < b.agent; });
        configuration.queues.insert_or_assign(queue.id, queue);
    }
    for (AgentProfile& profile : text.agents) configuration.agents.insert_or_assign(profile.agent, profile);
    return configuration;
}

}  // namespace

ports::StoredEvent to_stored(const Event& event) {
    ports::StoredEvent stored{event.sequence, event.at, {}, event.actor.str(), event.command_key, {}};
    const auto write = [&]<class T>(const T& content) {
        static_assert(!type_name<T>.empty(), "every fact has a name in the log");
        stored.type = type_name<T>;
        JsonWriter(stored.data).object(content);
    };
    std::visit([&](const auto& kind) { std::visit(write, kind); }, event.fact);
    return stored;
}

Result<Event> from_stored(const ports::StoredEvent& stored) {
    Parser parser;
    return read_event(stored, parser);
}

ports::StoredSnapshot to_stored(const State& state, Instant at) {
    StateText text;
    text.format = format;
    text.sequence = state.sequence();
    text.configured_at = state.configured_at();
    text.configuration = text_of(state.configuration());
    text.closed_queues.assign(state.closed_queues().begin(), state.closed_queues().end());
    for (const auto& [call, contact] : state.contacts()) text.contacts.push_back(contact);
    text.agents = state.agents();
    text.day_began_at = state.records().day_began_at();
    text.records = state.records().queues();
    text.estimates = state.records().accuracy();
    text.media_starts = state.records().media_starts();
    text.ended_calls = list_of(state.ended_calls());
    for (auto& [visit, ended_at] : state.unrated().in_order()) text.unrated.push_back({std::move(visit), ended_at});
    text.commands = list_of(state.commands());
    for (auto& [visitor, agent] : state.last_agents().in_order()) text.served_by.push_back({std::move(visitor), std::move(agent)});
    ports::StoredSnapshot stored{state.sequence(), at, {}};
    JsonWriter(stored.data).object(text);
    return stored;
}

Result<State> from_stored(const ports::StoredSnapshot& stored) {
    const auto wrong = [&](std::string_view why) {
        return fail(ErrorCode::invalid, fmt::format("the snapshot at event {}: {}", value_of(stored.sequence), why));
    };
    json::error_code error;
    const json::value value = json::parse(stored.data, error);
    if (error || !value.is_object()) return wrong("its data is no JSON object");
    if (const auto known = check_format(value.get_object()); !known) return wrong(known.error().detail);
    StateText text;
    if (const std::string misfit = JsonReader::read(value.get_object(), text); !misfit.empty()) return wrong(misfit);
    if (text.sequence != stored.sequence) return wrong("it tells of another event");
    State::Parts parts;
    parts.sequence = stored.sequence;
    parts.configured_at = text.configured_at;
    if (text.configuration) parts.configuration = configuration_of(std::move(*text.configuration));
    parts.closed_queues = {text.closed_queues.begin(), text.closed_queues.end()};
    parts.contacts = std::move(text.contacts);
    parts.agents = std::move(text.agents);
    parts.records = Records::restore(text.day_began_at, std::move(text.records), text.estimates, text.media_starts);
    parts.ended_calls = std::move(text.ended_calls);
    for (Unrated& unrated : text.unrated) parts.unrated.emplace_back(std::move(unrated.visit), unrated.ended_at);
    parts.commands = std::move(text.commands);
    for (Served& served : text.served_by) parts.served_by.emplace_back(std::move(served.visitor), std::move(served.agent));
    return State::restore(std::move(parts));
}

std::string to_json(const Configuration& configuration) {
    std::string out;
    JsonWriter(out).object(text_of(configuration));
    return out;
}

Result<Configuration> configuration_from_json(std::string_view text) {
    json::error_code error;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !value.is_object()) return fail(ErrorCode::invalid, "the configuration is no JSON object");
    ConfigurationText read;
    if (auto fits = check_shape(value, read); !fits) return fail(fits.error());
    if (std::string misfit = JsonReader::read(value.get_object(), read); !misfit.empty())
        return fail(ErrorCode::invalid, std::move(misfit));
    return configuration_of(std::move(read));
}

Result<State> replay(const ports::History& history) {
    State state;
    if (history.snapshot) {
        auto restored = from_stored(*history.snapshot);
        if (!restored) return restored;
        state = std::move(*restored);
    }
    Parser parser;
    for (const ports::StoredEvent& stored : history.tail) {
        if (stored.sequence != next(state.sequence()))
            return fail(ErrorCode::invalid, fmt::format("event {} follows {}", value_of(stored.sequence), value_of(state.sequence())));
        const auto event = read_event(stored, parser);
        if (!event) return fail(event.error());
        apply(state, *event);
    }
    return state;
}

}  // namespace calldocker::app::codec
