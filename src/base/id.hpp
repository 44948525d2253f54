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

/// The two name spaces of identities. A company's customers and its staff come from different systems, and their ids may coincide.
enum class RoleClass : std::uint8_t { staff, visitor };

/// An identity within its company: the id that its token names, and the class of the role that came with it. A customer whose
/// token carries an agent's id is somebody else (docs/decisions/0005). Only the id is shown on the wire.
class UserId {
public:
    UserId() = default;
    /// Of staff.
    explicit UserId(std::string text) : text_(std::move(text)) {}
    explicit UserId(std::string_view text) : text_(text) {}
    explicit UserId(const char* text) : text_(text) {}
    UserId(RoleClass role_class, std::string text) : text_(std::move(text)), class_(text_.empty() ? RoleClass::staff : role_class) {}
    [[nodiscard]] static UserId visitor(std::string text) { return {RoleClass::visitor, std::move(text)}; }

    /// The id as tokens and the wire have it: not unique, so never a key.
    [[nodiscard]] const std::string& str() const { return text_; }
    [[nodiscard]] std::string_view view() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] RoleClass role_class() const { return class_; }
    [[nodiscard]] bool is_staff() const { return class_ == RoleClass::staff; }

    /// One text for each identity, as the log and keys have it: `visitor:ID` of a visitor, the bare id of staff.
    [[nodiscard]] std::string qualified() const;
    /// The inverse of qualified(). Total: every text names one identity.
    [[nodiscard]] static UserId from_qualified(std::string_view text);

    friend auto operator<=>(const UserId&, const UserId&) = default;
    friend bool operator==(const UserId&, const UserId&) = default;

private:
    std::string text_;  // first: ids are ordered by their text
    RoleClass class_ = RoleClass::staff;
};

using CompanyId = Id<struct CompanyTag>;
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
template <>
struct std::hash<calldocker::UserId> {
    std::size_t operator()(const calldocker::UserId& id) const noexcept {
        return std::hash<std::string>{}(id.str()) + static_cast<std::size_t>(id.role_class());
    }
};
template <>
struct fmt::formatter<calldocker::UserId> : fmt::formatter<std::string_view> {
    /// The qualified form: log lines tell a customer from the agent whose id it has.
    template <class Context>
    auto format(const calldocker::UserId& id, Context& context) const {
        return fmt::formatter<std::string_view>::format(id.qualified(), context);
    }
};
template <class Tag>
struct fmt::formatter<calldocker::Id<Tag>> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const calldocker::Id<Tag>& id, Context& context) const {
        return fmt::formatter<std::string_view>::format(id.view(), context);
    }
};
