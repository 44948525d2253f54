#pragma once
#include <fmt/format.h>

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace calldocker {

/// A name of one kind of thing. Ids of different kinds do not convert into one another.
/// Text of 1 to 128 bytes without control characters once validated at the edge; empty means "none".
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}
    explicit Id(std::string_view text) : text_(text) {}
    explicit Id(const char* text) : text_(text) {}

    [[nodiscard]] const std::string& str() const { return text_; }
    [[nodiscard]] std::string_view view() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    friend auto operator<=>(const Id&, const Id&) = default;
    friend bool operator==(const Id&, const Id&) = default;

private:
    std::string text_;
};

using CompanyId = Id<struct CompanyTag>;
using UserId = Id<struct UserTag>;        ///< an identity; unique within its company only
using SessionId = Id<struct SessionTag>;  ///< one tab or device; outlives its connections; unique in the installation
using RoomId = Id<struct RoomTag>;
using ContactId = Id<struct ContactTag>;  ///< the wire's callId; unique within its company only
using QueueId = Id<struct QueueTag>;
using CommandId = Id<struct CommandTag>;  ///< the wire's `id` of a client message

/// A session as this process's shard knows it; never reused while the shard lives.
enum class SessionKey : std::uint64_t {};

/// Position in one company's event log; the first event has 1, 0 means "before any event".
enum class Sequence : std::uint64_t {};
[[nodiscard]] constexpr std::uint64_t value_of(Sequence sequence) { return static_cast<std::uint64_t>(sequence); }
[[nodiscard]] constexpr Sequence next(Sequence sequence) { return Sequence{value_of(sequence) + 1}; }

}  // namespace calldocker

template <class Tag>
struct std::hash<calldocker::Id<Tag>> {
    std::size_t operator()(const calldocker::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
template <class Tag>
struct fmt::formatter<calldocker::Id<Tag>> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const calldocker::Id<Tag>& id, Context& context) const {
        return fmt::formatter<std::string_view>::format(id.view(), context);
    }
};
