#include "server/gateway/recording_id.hpp"

#include "base/require.hpp"
#include "base/text.hpp"

namespace calldocker::server {
namespace {

constexpr std::size_t head_characters = 8, seal_characters = 8;

std::uint16_t hour_of(Instant now) {
    return static_cast<std::uint16_t>(std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count());
}

/// @param head  the hour and the random bytes, as text
std::string seal_of(std::string_view head, const domain::Identity& owner, ports::Sealer& sealer) {
    std::string payload("recording-1");
    const std::string_view owners_name = owner.anonymous ? std::string_view{} : owner.user.view();
    for (const std::string_view field : {owner.company.view(), std::string_view(is_staff(owner.role) ? "staff" : "visitor"),
                                         std::string_view(owner.anonymous ? "anonymous" : "named"), head, owners_name}) {
        payload.push_back('\x1f');
        payload.append(field);
    }
    const std::string sealed = sealer.seal(payload);
    // A sealer's addition comes last.
    return sealed.substr(sealed.size() - std::min(sealed.size(), seal_characters + 1), seal_characters);
}

}  // namespace

std::string make_recording_id(const domain::Identity& owner, std::string_view random, ports::Sealer& sealer, Instant now) {
    require(random.size() == recording_random_bytes, "a recording's name has so many random bytes");
    const std::uint16_t hour = hour_of(now);
    std::string bytes{static_cast<char>(hour >> 8u), static_cast<char>(hour & 0xffu)};
    bytes.append(random);
    std::string id = base64url_encode(bytes);
    id += seal_of(id, owner, sealer);
    return id;
}

bool is_recording_of(std::string_view id, const domain::Identity& who, ports::Sealer& sealer, Instant now) {
    if (id.size() != head_characters + seal_characters) return false;
    const std::string_view head = id.substr(0, head_characters);
    const auto bytes = base64url_decode(head);
    if (!bytes) return false;
    const auto hour = static_cast<std::uint16_t>((static_cast<unsigned char>((*bytes)[0]) << 8u) | static_cast<unsigned char>((*bytes)[1]));
    const auto age = static_cast<std::uint16_t>(hour_of(now) - hour);  // of a clock that may have been set back by an hour
    if (age > recording_named_within.count() && age != 0xffffu) return false;
    const std::string expected = seal_of(head, who, sealer);
    unsigned differing = 0;  // all of it is compared, however it begins
    for (std::size_t i = 0; i < seal_characters; ++i)
        differing |=
            static_cast<unsigned>(static_cast<unsigned char>(expected.at(i)) ^ static_cast<unsigned char>(id[head_characters + i]));
    return differing == 0;
}

}  // namespace calldocker::server
