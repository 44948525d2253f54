#include "main/key_bindings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "protocol/json/reader.hpp"

namespace calldocker::main {
namespace {

namespace json = protocol::json;
using adapters::jose::PublicKey;

constexpr std::size_t bytes_max = 256 * 1024, nesting_max = 8;
constexpr std::uint64_t seconds_min = 60, seconds_max = 2'592'000;

tl::unexpected<Error> wrong(std::size_t at, std::string_view what) {
    return fail(ErrorCode::invalid, fmt::format("bindings[{}]: {}", at, what));
}

std::optional<std::string> name_in(std::string_view value) {
    std::string scratch;
    const auto text = json::text_of(value, scratch);
    if (!text || !is_name(*text, 1'024)) return std::nullopt;
    return std::string(*text);
}

/// @return the companies; none for ["*"], which is all of them
std::optional<std::set<CompanyId>> companies_in(std::string_view value) {
    if (!json::is_array(value)) return std::nullopt;
    std::set<CompanyId> companies;
    bool any = false;
    json::Cursor elements(value);
    while (const auto element = elements.next()) {
        const auto name = name_in(element->value);
        if (!name || !is_name(*name)) return std::nullopt;
        any = any || *name == "*";
        companies.insert(CompanyId(*name));
    }
    if (companies.empty() || (any && companies.size() > 1)) return std::nullopt;
    return any ? std::set<CompanyId>{} : companies;
}

Result<KeyRule> read_rule(std::string_view object, std::size_t at) {
    if (!json::is_object(object)) return wrong(at, "must be an object");
    KeyRule rule;
    bool has_companies = false;
    json::Cursor members(object);
    while (const auto member = members.next()) {
        if (member->name == "companies") {
            auto companies = companies_in(member->value);
            if (!companies) return wrong(at, R"(companies must be a list of company ids, or ["*"] for all)");
            rule.companies = std::move(*companies);
            has_companies = true;
        } else if (member->name == "secondsMax") {
            const auto seconds = json::integer_of(member->value);
            if (!seconds || *seconds < seconds_min || *seconds > seconds_max)
                return wrong(at, fmt::format("secondsMax must be from {} to {}", seconds_min, seconds_max));
            rule.lifetime_max = std::chrono::seconds(*seconds);
        } else if (member->name == "key" || member->name == "iss" || member->name == "aud") {
            auto name = name_in(member->value);
            if (!name) return wrong(at, fmt::format("{} must be text", member->name));
            if (member->name == "key") rule.key = std::move(*name);
            if (member->name == "iss") rule.issuer = std::move(*name);
            if (member->name == "aud") rule.audience = std::move(*name);
        } else {
            return wrong(at, fmt::format("there is no member {}; there are key, companies, iss, aud and secondsMax", member->name));
        }
    }
    if (!has_companies) return wrong(at, R"(companies is required: a list of company ids, or ["*"] for all)");
    return rule;
}

std::string words_for(const PublicKey& key) {
    return key.id.empty() ? fmt::format("the {} key without a kid", name_of(key.algorithm)) : fmt::format("the key {}", key.id);
}

}  // namespace

Result<std::vector<KeyRule>> read_key_bindings(std::string_view document) {
    if (auto valid = json::Validator(bytes_max, nesting_max).validate(document); !valid) return fail(std::move(valid.error()));
    const auto list = json::is_object(document) ? json::pick<1>(document, {"bindings"})[0] : std::string_view{};
    if (!json::is_array(list)) return fail(ErrorCode::invalid, "there must be an array named bindings");
    std::vector<KeyRule> rules;
    json::Cursor elements(list);
    while (const auto element = elements.next()) {
        auto rule = read_rule(element->value, rules.size());
        if (!rule) return fail(std::move(rule.error()));
        const auto is_same = [&](const KeyRule& other) { return other.key == rule->key; };
        if (std::ranges::any_of(rules, is_same)) return wrong(rules.size(), "a second one for the same key");
        rules.push_back(std::move(*rule));
    }
    return rules;
}

Result<> bind_keys(std::vector<PublicKey>& keys, const std::vector<KeyRule>& rules, std::chrono::seconds lifetime_max, bool strict) {
    for (const KeyRule& rule : rules) {
        const bool is_there = !rule.key || std::ranges::any_of(keys, [&](const PublicKey& key) { return key.id == *rule.key; });
        if (!is_there) return fail(ErrorCode::invalid, fmt::format("there is no key {}", *rule.key));
    }
    for (PublicKey& key : keys) {
        const auto own = std::ranges::find_if(rules, [&](const KeyRule& rule) { return rule.key && *rule.key == key.id; });
        const auto rule = own != rules.end() ? own : std::ranges::find_if(rules, [](const KeyRule& each) { return !each.key; });
        if (rule == rules.end() && strict)
            return fail(ErrorCode::invalid,
                        fmt::format("{} is bound to no company, so that it could sign for all of them, admins too: name its "
                                    "companies in JWT_KEY_BINDINGS (docs/operations.md, Public keys)",
                                    words_for(key)));
        key.binding.lifetime_max = lifetime_max;
        if (rule == rules.end()) continue;
        key.binding.companies = rule->companies;
        key.binding.issuer = rule->issuer;
        key.binding.audience = rule->audience;
        key.binding.lifetime_max = rule->lifetime_max.value_or(lifetime_max);
    }
    return {};
}

}  // namespace calldocker::main
