#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/testing/fake_log.hpp"
#include "base/text.hpp"
#include "server/gateway/gateway.hpp"

/// The gateway with real islands, a log that the test settles, and links that remember.
namespace calldocker::server::testing {

struct FakeLink final : Link {
    void send(std::string_view text) override {
        if (before_send) before_send();
        sent.emplace_back(text);
    }
    void close(std::uint16_t code, std::string_view reason) override {
        close_code = code;
        close_reason = reason;
    }
    [[nodiscard]] std::string_view peer() const override { return "test"; }
    [[nodiscard]] std::uint64_t network() const override { return 1; }
    [[nodiscard]] bool keeps_up(std::size_t) const override { return !is_behind; }

    [[nodiscard]] std::string last() const { return sent.empty() ? "" : sent.back(); }
    [[nodiscard]] std::string value(std::string_view name, std::size_t message = 0) const {
        const std::string key = fmt::format(R"("{}":")", name);
        const auto at = sent.at(message).find(key);
        return at == std::string::npos ? ""
                                       : sent[message].substr(at + key.size(), sent[message].find('"', at + key.size()) - at - key.size());
    }

    std::vector<std::string> sent;
    std::uint16_t close_code{};
    std::string close_reason;
    LinkHandler* handler{};
    std::function<void()> before_send;  ///< may throw, as a bug of the transport would
    bool is_behind = false;
};

/// Tokens are "user@company/role", with "!SECONDS" for an expiry and "~SECONDS" behind it for the issue.
struct OpenTokens final : ports::TokenVerifier {
    Result<domain::Identity> verify(std::string_view token, Instant now) override {
        auto identity = verify_even_if_expired(token, now);
        const bool has_expired = identity && identity->token_expires_at && *identity->token_expires_at <= now;
        return has_expired ? fail(ErrorCode::unauthenticated, "expired") : identity;
    }
    Result<domain::Identity> verify_even_if_expired(std::string_view token, Instant) override {
        const auto issued_at = seconds_behind(token, '~');
        const auto expires_at = seconds_behind(token, '!');
        const auto at = token.find('@'), slash = token.find('/');
        if (at == std::string_view::npos || slash == std::string_view::npos) return fail(ErrorCode::unauthenticated, "no @");
        const std::string role(token.substr(slash + 1));
        const auto known_role = role == "agent"        ? domain::Role::agent
                                : role == "supervisor" ? domain::Role::supervisor
                                : role == "admin"      ? domain::Role::admin
                                                       : domain::Role::customer;
        return domain::Identity{.company = CompanyId(token.substr(at + 1, slash - at - 1)),
                                .user = UserId(domain::class_of(known_role), std::string(token.substr(0, at))),
                                .role = known_role,
                                .role_name = role,
                                .name = {},
                                .anonymous = at == 0,
                                .token_expires_at = expires_at,
                                .token_issued_at = issued_at};
    }

private:
    /// Takes the number behind `mark`, and the mark, off the end.
    static std::optional<Instant> seconds_behind(std::string_view& token, char mark) {
        const auto found = token.find(mark);
        if (found == std::string_view::npos) return std::nullopt;
        const Instant at = from_unix_ms(1000 * std::stoll(std::string(token.substr(found + 1))));
        token = token.substr(0, found);
        return at;
    }
};
struct PlainSealer final : ports::Sealer {
    std::string seal(std::string_view payload) override { return base64url_encode(payload); }
    std::optional<std::string> unseal(std::string_view text) override { return base64url_decode(text); }
};

struct GatewayTest : ::testing::Test {
    app::testing::FakeLog log;
    OpenTokens tokens;
    PlainSealer sealer;
    Counter unexpected_errors;
    static constexpr Milliseconds token_grace = 30s;
    Instant now = from_unix_ms(1'000'000);
    std::uint64_t key_generation = 0;
    char next_random = 1;
    std::unique_ptr<Gateway> gateway = make("epoch-1");
    std::vector<std::unique_ptr<FakeLink>> links;

    std::unique_ptr<Gateway> make(std::string epoch, GatewaySettings settings = {}, domain::Budgets* budgets = nullptr) {
        return std::make_unique<Gateway>(
            std::move(settings),
            GatewayPorts{.log = log,
                         .tokens = tokens,
                         .sealer = sealer,
                         .clock = [this] { return now; },
                         .random_bytes = [this](std::size_t bytes) { return std::string(bytes, next_random++); },
                         .epoch = std::move(epoch),
                         .heartbeat = 20s,
                         .token_grace = token_grace,
                         .ice = {},
                         .key_generation = [this] { return key_generation; },
                         .budgets = budgets,
                         .unexpected_errors = &unexpected_errors},
            [](Instant) {});
    }
    /// Connects; a refusal is seen as the link's close.
    FakeLink& connect(const std::string& query, bool version_2 = false, bool settle = true) {
        links.push_back(std::make_unique<FakeLink>());
        FakeLink& link = *links.back();
        const auto admission = gateway->admit({query, version_2, "test"}, now);
        if (admission.refused) {
            link.close(admission.close_code, admission.close_reason);
            return link;
        }
        link.handler = &gateway->opened(link, admission.ticket, now);
        if (settle) log.settle();
        return link;
    }
    FakeLink& connect_2(const std::string& query) { return connect(query, true); }
    /// Version 2 without a token in its address: `text` is its first message.
    FakeLink& introduce(std::string_view text) {
        EXPECT_TRUE(gateway->admit({"", true, "test"}, now).asks_who);
        links.push_back(std::make_unique<FakeLink>());
        FakeLink& link = *links.back();
        const auto admission = gateway->admit_by_message(text, now);
        if (admission.refused) {
            link.close(admission.close_code, admission.close_reason);
            return link;
        }
        link.handler = &gateway->opened(link, admission.ticket, now);
        log.settle();
        return link;
    }
    void say(FakeLink& link, std::string_view text) { link.handler->received(link, text, now); }
    void lose(FakeLink& link, std::uint16_t code = 1006) { link.handler->closed(link, code, now); }
    static std::string resume(const FakeLink& link) { return "&resume=" + link.value("resumeToken"); }
};

}  // namespace calldocker::server::testing
