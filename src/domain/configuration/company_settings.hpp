#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace calldocker::domain {

/// A reason for not being ready.
struct Reason {
    std::string reason;
    std::string name;   ///< for people; empty for those that every company has, which screens translate
    bool paid = true;   ///< counts as paid time
    bool productive{};  ///< counts as productive time
    int minutes_max{};  ///< after this time the desk points it out; 0: never
    friend bool operator==(const Reason&, const Reason&) = default;
};

/// The reasons that a company starts with.
[[nodiscard]] inline std::vector<Reason> usual_reasons() {
    return {{"BREAK", {}, true, false, 15},  {"MEAL", {}, false, false, 60},     {"TRAINING", {}, true, true, 0},
            {"MEETING", {}, true, true, 0},  {"COACHING", {}, true, true, 0},    {"ADMIN_WORK", {}, true, true, 0},
            {"OUTBOUND", {}, true, true, 0}, {"TECH_ISSUE", {}, true, false, 30}};
}

// The system's reasons for setting an agent not ready; nobody can choose one.
inline constexpr std::string_view sys_rona = "SYS_RONA";
inline constexpr std::string_view sys_media = "SYS_MEDIA";
inline constexpr std::string_view sys_lost = "SYS_LOST";
inline constexpr std::string_view sys_decline_limit = "SYS_DECLINE_LIMIT";
[[nodiscard]] constexpr bool is_system_reason(std::string_view reason) { return reason.starts_with("SYS_"); }

/// Settings of a whole company.
struct CompanySettings {
    std::string zone = "UTC";  ///< its days begin at midnight there (IANA name)
    std::vector<Reason> reasons = usual_reasons();
    std::vector<std::string> dispositions;
    std::vector<std::string> page_parameters;  ///< of the address of a visitor's page, kept besides origin and path
    friend bool operator==(const CompanySettings&, const CompanySettings&) = default;
};

}  // namespace calldocker::domain
