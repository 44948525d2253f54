#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

/// The commands `calldocker company` and `calldocker log`: they read the database, while a server may be writing it, and change nothing.
/// They print results piece by piece.
namespace calldocker::main {

using Tell = std::function<void(std::string_view)>;

/// One id a line. @errors not_found (no database), unavailable
Result<> list_companies(const std::filesystem::path& database, const Tell& tell);

/// The company as it is now. @errors not_found (also of a company that has no events), unavailable
Result<> show_company(const std::filesystem::path& database, const CompanyId& company, bool as_json, Instant now, const Tell& tell);

/// @errors as above
Result<> export_log(const std::filesystem::path& database, const CompanyId& company, Sequence from, const Tell& tell);

/// @param call  prints only events of this contact; empty: all events. @errors as above, also of a contact
Result<> show_log(const std::filesystem::path& database, const CompanyId& company, const ContactId& call, const Tell& tell);

/// @errors as above; invalid (an event that this version cannot read)
Result<> explain_offers(const std::filesystem::path& database, const CompanyId& company, const ContactId& call, const Tell& tell);

/// The company's state after event `at` of an exported log; none: after the last one.
/// @errors not_found (no such file, no such event), invalid (a line that is no event, or not the next one)
Result<> replay_log(const std::filesystem::path& file, std::optional<Sequence> at, bool as_json, const Tell& tell);

}  // namespace calldocker::main
