#include "server/gateway/recording_id.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace calldocker::server {
namespace {

/// Everything of the payload tells in the last characters.
struct MixingSealer final : ports::Sealer {
    std::string seal(std::string_view payload) override {
        std::uint64_t hash = 0xcbf29ce484222325u;
        for (const char c : payload) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
        return base64url_encode(payload) + "." + base64url_encode(fmt::format("{:016x}", hash));
    }
    std::optional<std::string> unseal(std::string_view) override { return std::nullopt; }
};

domain::Identity somebody(const char* user, domain::Role role = domain::Role::customer, const char* company = "acme",
                          bool anonymous = false) {
    return {.company = CompanyId(company),
            .user = UserId(user),
            .role = role,
            .role_name = {},
            .name = {},
            .anonymous = anonymous,
            .token_expires_at = std::nullopt};
}

TEST(RecordingId, IsItsOwnersAlone) {
    MixingSealer sealer;
    const Instant now = from_unix_ms(1'795'405'429'120);
    const std::string id = make_recording_id(somebody("vera"), "abcd", sealer, now);

    EXPECT_EQ(id.size(), 16u);
    EXPECT_TRUE(is_recording_of(id, somebody("vera"), sealer, now + 22h));
    EXPECT_FALSE(is_recording_of(id, somebody("vito"), sealer, now));
    EXPECT_FALSE(is_recording_of(id, somebody("vera", domain::Role::agent), sealer, now));
    EXPECT_FALSE(is_recording_of(id, somebody("vera", domain::Role::customer, "other"), sealer, now));
    EXPECT_FALSE(is_recording_of(id, somebody("vera", domain::Role::customer, "acme", true), sealer, now));
}

TEST(RecordingId, IsNamedBeforeItIsSwept) {
    MixingSealer sealer;
    const Instant now = from_unix_ms(1'795'405'429'120);
    const std::string id = make_recording_id(somebody("vera"), "abcd", sealer, now);

    EXPECT_FALSE(is_recording_of(id, somebody("vera"), sealer, now + 24h));
    EXPECT_TRUE(is_recording_of(id, somebody("vera"), sealer, now - 30min)) << "of a clock that was set back";
}

TEST(RecordingId, IsNothingElse) {
    MixingSealer sealer;
    const Instant now = from_unix_ms(1'795'405'429'120);
    std::string id = make_recording_id(somebody("vera"), "abcd", sealer, now);
    id.back() = id.back() == 'A' ? 'B' : 'A';

    for (const std::string& text : {id, std::string(), std::string("nonsense"), std::string(16, 'A'), std::string(16, '!'), id + "A"})
        EXPECT_FALSE(is_recording_of(text, somebody("vera"), sealer, now)) << text;
}

TEST(RecordingId, OfVisitorsWithoutANameIsAnyOfThem) {
    MixingSealer sealer;
    const Instant now = from_unix_ms(1'795'405'429'120);
    const std::string id = make_recording_id(somebody("", domain::Role::customer, "acme", true), "abcd", sealer, now);

    EXPECT_TRUE(is_recording_of(id, somebody("anonymous-00", domain::Role::customer, "acme", true), sealer, now));
}

}  // namespace
}  // namespace calldocker::server
