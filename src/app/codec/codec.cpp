#include "app/codec/codec.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <limits>
#include <unordered_map>

#include "app/codec/json_reader.hpp"
#include "app/codec/json_shape.hpp"
#include "app/codec/json_writer.hpp"
#include "app/codec/snapshot_cut.hpp"

namespace calldocker::app::codec {

using namespace domain;

namespace {

namespace json = boost::json;

/// Contacts of which a cut has nothing to say are passed over in one piece; so many.
constexpr std::size_t contacts_looked_at_max = 2'000;
/// What a contact takes in a snapshot, and each text that it names.
constexpr std::size_t contact_bytes_about = 700, text_place_bytes_about = 10;

template <class Fact>
constexpr bool is_text = std::find(std::begin(ports::text_types), std::end(ports::text_types),
                                   type_name<Fact>) != std::end(ports::text_types);
static_assert(is_text<fact::ChatSaid> && is_text<fact::NotesSet>, "what a snapshot leaves out is loaded with it");

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
    return Event{stored.sequence, stored.at, UserId::from_qualified(stored.actor), stored.command_id, std::move(*fact)};
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
    ports::StoredEvent stored{event.sequence, event.at, {}, event.actor.qualified(), event.command_key, {}};
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

SnapshotCut::SnapshotCut(const State& state, Instant at) {
    StateHead head;
    head.format = format;
    head.sequence = state.sequence();
    head.configured_at = state.configured_at();
    head.configuration = text_of(state.configuration());
    head.closed_queues.assign(state.closed_queues().begin(), state.closed_queues().end());
    head.agents = state.agents();
    head.day_began_at = state.records().day_began_at();
    head.records = state.records().queues();
    head.estimates = state.records().accuracy();
    head.media_starts = state.records().media_starts();
    head.ended_calls = list_of(state.ended_calls());
    for (auto& [visit, ended_at] : state.unrated().in_order()) head.unrated.push_back({std::move(visit), ended_at});
    for (auto& [part, ended_at] : state.worked().in_order()) head.worked.push_back({std::move(part), ended_at});
    head.commands = list_of(state.commands());
    for (auto& [visitor, agent] : state.last_agents().in_order()) head.served_by.push_back({std::move(visitor), std::move(agent)});
    for (auto& [user, signed_out_at] : state.sign_outs().in_order()) head.signed_out.push_back({std::move(user), signed_out_at});
    stored_.sequence = state.sequence();
    stored_.at = at;
    JsonWriter(stored_.data).object(head);
    // The contacts are one more member of the same object.
    stored_.data.back() = ',';
    stored_.data += R"("contacts":[)";
    // Room for all of it: growing would copy megabytes in the middle of a piece.
    std::size_t bytes = 0;
    for (const auto& [call, contact] : state.contacts()) bytes += contact_bytes_about + text_place_bytes_about * contact.chat_at.size();
    stored_.data.reserve(stored_.data.size() + bytes);
}

void SnapshotCut::before_change(const State& state, const ContactId& call) {
    const Contact* contact = state.contact(call);
    if (contact == nullptr || contact->number > stored_.sequence || call <= written_up_to_ || !ahead_.insert(call).second) return;
    write(*contact);
}

void SnapshotCut::write(const Contact& contact) {
    if (has_contacts_) stored_.data += ',';
    has_contacts_ = true;
    JsonWriter(stored_.data).object(contact);
    const auto has_text_at = [this](Sequence at) {
        if (at != Sequence{} && (stored_.texts_from == Sequence{} || at < stored_.texts_from)) stored_.texts_from = at;
    };
    if (!contact.chat_at.empty()) has_text_at(contact.chat_at.front());
    for (const Writing& writing : contact.writings) has_text_at(writing.noted_at);
}

bool SnapshotCut::go_on(const State& state, std::size_t bytes) {
    const std::size_t until = stored_.data.size() + bytes;
    std::size_t looked_at = 0;
    for (auto next = state.contacts().upper_bound(written_up_to_); next != state.contacts().end(); ++next) {
        if (stored_.data.size() >= until || looked_at++ >= contacts_looked_at_max) return false;
        written_up_to_ = next->first;
        if (next->second.number <= stored_.sequence && ahead_.erase(next->first) == 0) write(next->second);
    }
    stored_.data += "]}";
    return true;
}

ports::StoredSnapshot to_stored(const State& state, Instant at) {
    SnapshotCut cut(state, at);
    while (!cut.go_on(state, std::numeric_limits<std::size_t>::max() / 2)) {
    }
    return std::move(cut).take();
}

namespace {

/// Puts the texts that a snapshot has left out back where they belong.
class TextsOf {
public:
    explicit TextsOf(std::vector<Contact>& contacts) {
        for (Contact& contact : contacts) {
            contact.chat.resize(contact.chat_at.size());
            missing_ += contact.chat_at.size();
            for (const Writing& writing : contact.writings) missing_ += writing.noted_at != Sequence{};
            by_call_.emplace(contact.call, &contact);
        }
    }
    void put(const Event& event) {
        const auto* fact = std::get_if<ContactFact>(&event.fact);
        const auto found = fact == nullptr ? by_call_.end() : by_call_.find(call_of(*fact));
        if (found == by_call_.end()) return;
        Contact& contact = *found->second;
        if (const auto* said = std::get_if<fact::ChatSaid>(fact)) {
            const auto at = std::lower_bound(contact.chat_at.begin(), contact.chat_at.end(), event.sequence);
            if (at == contact.chat_at.end() || *at != event.sequence) return;
            const auto place = at - contact.chat_at.begin();
            const int number = contact.chat_count - static_cast<int>(contact.chat_at.end() - at) + 1;
            contact.chat[static_cast<std::size_t>(place)] = {number, said->from, said->party, said->text, event.at};
            --missing_;
        } else if (const auto* set = std::get_if<fact::NotesSet>(fact)) {
            for (Writing& writing : contact.writings) {
                if (writing.noted_at != event.sequence) continue;
                writing.notes = set->notes;
                --missing_;
            }
        }
    }
    [[nodiscard]] std::size_t missing() const { return missing_; }

private:
    std::unordered_map<ContactId, Contact*> by_call_;
    std::size_t missing_ = 0;
};

}  // namespace

Result<State> from_stored(const ports::StoredSnapshot& stored, const std::vector<ports::StoredEvent>& texts) {
    const auto wrong = [&](std::string_view why) {
        return fail(ErrorCode::invalid, fmt::format("the snapshot at event {}: {}", value_of(stored.sequence), why));
    };
    json::error_code error;
    const json::value value = json::parse(stored.data, error);
    if (error || !value.is_object()) return wrong("its data is no JSON object");
    if (const auto known = check_format(value.get_object()); !known) return wrong(known.error().detail);
    StateText text;
    if (const std::string misfit = JsonReader::read(value.get_object(), text); !misfit.empty()) return wrong(misfit);
    if (text.head.sequence != stored.sequence) return wrong("it tells of another event");
    TextsOf texts_of(text.contacts);
    Parser parser;
    for (const ports::StoredEvent& one : texts) {
        const auto event = read_event(one, parser);
        if (!event) return fail(event.error());
        texts_of.put(*event);
    }
    if (texts_of.missing() > 0) return wrong(fmt::format("{} texts are not in the log", texts_of.missing()));
    StateHead& head = text.head;
    State::Parts parts;
    parts.sequence = stored.sequence;
    parts.configured_at = head.configured_at;
    if (head.configuration) parts.configuration = configuration_of(std::move(*head.configuration));
    parts.closed_queues = {head.closed_queues.begin(), head.closed_queues.end()};
    parts.contacts = std::move(text.contacts);
    parts.agents = std::move(head.agents);
    parts.records = Records::restore(head.day_began_at, std::move(head.records), head.estimates, head.media_starts);
    parts.ended_calls = std::move(head.ended_calls);
    for (Unrated& unrated : head.unrated) parts.unrated.emplace_back(std::move(unrated.visit), unrated.ended_at);
    for (WorkedUntil& worked : head.worked) parts.worked.emplace_back(std::move(worked.part), worked.at);
    parts.commands = std::move(head.commands);
    for (Served& served : head.served_by) parts.served_by.emplace_back(std::move(served.visitor), std::move(served.agent));
    for (SignedOutAt& signed_out : head.signed_out) parts.signed_out.emplace_back(std::move(signed_out.user), signed_out.at);
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
        auto restored = from_stored(*history.snapshot, history.texts);
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
